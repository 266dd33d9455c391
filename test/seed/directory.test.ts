import { expect, test } from 'vitest'
import { makeDirectory } from '../../db/seed/directory.ts'
import { readCreditCode } from '../../subgraphs/shared/people/credit-code.ts'
import { policyPresets } from '../../subgraphs/shared/policy/presets.ts'

const directory = makeDirectory()

test('the directory is the same every time it is made', () => {
  expect(makeDirectory()).toEqual(directory)
})

test('it has the size of a small province, with a main hall that has every trade', () => {
  const { regions, lines, departments, halls, windows, staff, matters, mainHall, demoWindow } = directory
  const sizes = Object.entries({ regions, lines, departments, halls, windows, staff, matters }).map(
    ([name, list]) => `${list.length} ${name}`,
  )
  expect(sizes).toEqual([
    '199 regions',
    '16 lines',
    '258 departments',
    '59 halls',
    '274 windows',
    '536 staff',
    '457 matters',
  ])
  expect(mainHall.name).toBe('郑州市政务服务中心')
  expect(demoWindow).toMatchObject({ number: 'B03', hallId: mainHall.id })
  const trades = new Set(windows.filter(({ hall }) => hall === mainHall).map(({ department }) => department.lineId))
  expect(trades.size).toBe(lines.length)
})

test('every level, department kind and hall kind occurs', () => {
  const { regions, departments, halls } = directory
  expect(new Set(regions.map(({ level }) => level))).toEqual(
    new Set(['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE']),
  )
  expect(new Set(departments.map(({ kind }) => kind))).toEqual(
    new Set(['GOVERNMENT', 'PARTY_BODY', 'AUTHORISED_ORGANISATION', 'PUBLIC_SERVICE_ENTERPRISE']),
  )
  expect(new Set(halls.map(({ kind }) => kind))).toEqual(new Set(['HALL', 'STATION']))
})

test('a path is the parent’s path and the own code, whatever the code looks like', () => {
  const byId = new Map(directory.regions.map(region => [region.id, region]))
  for (const region of directory.regions) {
    const parent = region.parentId ? byId.get(region.parentId)! : null
    expect(region.regionPath).toBe(`${parent?.regionPath ?? '/'}${region.code}/`)
  }
})

test('what the province administers itself hangs on the province and is its own city', () => {
  const direct = directory.regions.filter(({ isDirectlyAdministered }) => isDirectlyAdministered)
  expect(direct.map(({ name, regionPath, cityCode }) => [name, regionPath, cityCode])).toEqual([
    ['济源市', '/410000/419001/', '419001'],
    ['巩义市', '/410000/410181/', '410181'],
    ['兰考县', '/410000/410225/', '410225'],
    ['汝州市', '/410000/410482/', '410482'],
    ['长垣市', '/410000/410783/', '410783'],
    ['邓州市', '/410000/411381/', '411381'],
  ])
})

test('许昌 and 三门峡 have policies of their own, all policies ship with the hub', () => {
  const policyOf = (code: string) => directory.regions.find(region => region.code === code)!.policyId
  expect(['410000', '410105', '411000', '411081', '411202'].map(policyOf)).toEqual([
    'henan',
    'henan',
    'xuchang',
    'xuchang',
    'sanmenxia',
  ])
  const shipped = new Set(policyPresets.map(({ id }) => id))
  expect(directory.regions.filter(({ policyId }) => !shipped.has(policyId))).toEqual([])
})

test('names and numbers by which others look things up occur once', () => {
  const { departments, halls, staff, matters, windows } = directory
  const twice = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i)
  expect(twice(departments.map(({ name }) => name))).toEqual([])
  expect(twice(halls.map(({ name }) => name))).toEqual([])
  expect(twice(staff.map(({ staffNumber }) => staffNumber))).toEqual([])
  expect(twice(matters.map(({ serviceCode }) => serviceCode))).toEqual([])
  expect(twice(windows.map(({ hallId, number }) => `${hallId} ${number}`))).toEqual([])
})

test('credit codes check out and belong to a division that does not exist', () => {
  for (const { creditCode } of directory.departments) {
    expect(readCreditCode(creditCode)).toEqual({ ok: true, code: creditCode, warnings: [] })
    expect(creditCode.slice(2, 8)).toBe('999999')
  }
})
