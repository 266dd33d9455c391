/** A division as the table below names it; `latin` begins the identifiers of its systems. */
export type Division = { code: string; name: string; latin: string; counties: readonly (readonly [string, string])[] }

/** 河南省. Names and codes of province, cities and counties are the public ones (GB/T 2260); everything else is invented. */
export const province = { code: '410000', name: '河南省' } as const

/** Cities with those of their counties that the demo province has. */
export const cities: readonly Division[] = [
  {
    code: '410100',
    name: '郑州市',
    latin: 'ZZ',
    counties: [
      ['410102', '中原区'],
      ['410103', '二七区'],
      ['410105', '金水区'],
      ['410122', '中牟县'],
      ['410182', '荥阳市'],
      ['410184', '新郑市'],
    ],
  },
  {
    code: '410200',
    name: '开封市',
    latin: 'KF',
    counties: [
      ['410202', '龙亭区'],
      ['410212', '祥符区'],
      ['410221', '杞县'],
    ],
  },
  {
    code: '410300',
    name: '洛阳市',
    latin: 'LY',
    counties: [
      ['410303', '西工区'],
      ['410305', '涧西区'],
      ['410311', '洛龙区'],
      ['410324', '栾川县'],
      ['410329', '伊川县'],
    ],
  },
  {
    code: '410400',
    name: '平顶山市',
    latin: 'PDS',
    counties: [
      ['410402', '新华区'],
      ['410403', '卫东区'],
      ['410421', '宝丰县'],
      ['410481', '舞钢市'],
    ],
  },
  {
    code: '410700',
    name: '新乡市',
    latin: 'XX',
    counties: [
      ['410702', '红旗区'],
      ['410711', '牧野区'],
      ['410782', '辉县市'],
    ],
  },
  {
    code: '411000',
    name: '许昌市',
    latin: 'XC',
    counties: [
      ['411002', '魏都区'],
      ['411003', '建安区'],
      ['411081', '禹州市'],
      ['411082', '长葛市'],
    ],
  },
  {
    code: '411200',
    name: '三门峡市',
    latin: 'SMX',
    counties: [
      ['411202', '湖滨区'],
      ['411203', '陕州区'],
      ['411282', '灵宝市'],
    ],
  },
  {
    code: '411300',
    name: '南阳市',
    latin: 'NY',
    counties: [
      ['411302', '宛城区'],
      ['411303', '卧龙区'],
      ['411323', '西峡县'],
      ['411328', '唐河县'],
    ],
  },
]

/**
 * What the province administers itself (省直管县、济源示范区). Apart from 济源 their codes look like those of a city's
 * counties, which is why scope follows the parent path and never a code's prefix (decision 3).
 */
export const directlyAdministered: readonly (Division & { level: 'CITY' | 'COUNTY' })[] = [
  { code: '419001', name: '济源市', latin: 'JY', level: 'CITY', counties: [] },
  { code: '410181', name: '巩义市', latin: 'GY', level: 'COUNTY', counties: [] },
  { code: '410225', name: '兰考县', latin: 'LK', level: 'COUNTY', counties: [] },
  { code: '410482', name: '汝州市', latin: 'RZ', level: 'COUNTY', counties: [] },
  { code: '410783', name: '长垣市', latin: 'CY', level: 'COUNTY', counties: [] },
  { code: '411381', name: '邓州市', latin: 'DZ', level: 'COUNTY', counties: [] },
]

/** Cities with rules of their own (地方政策); everyone else follows the province. */
export const policyOfCity: Readonly<Record<string, string>> = { '411000': 'xuchang', '411200': 'sanmenxia' }
export const provincialPolicy = 'henan'
