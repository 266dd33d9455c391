import type { PressureKind } from '../../kit/generated/operations.ts'
import type { Language } from '../../kit/language.ts'

const zh = {
  list: '施压举报',
  sealed: '举报只有主管机构可见，被评价单位看不到；请勿转给被举报人。',
  number: '举报编号',
  kind: '类型',
  text: '经过',
  department: '被评价部门',
  contact: '联系电话',
  noContact: '未留',
  reported: '举报时间',
  rating: '涉及的评价',
  empty: '没有举报',
  pressureKind: {
    PRESSURE: '被迫给好评、改评价',
    INDUCEMENT: '利益诱导好评',
    RETALIATION: '因评价受刁难、报复',
    RATED_BY_STAFF: '工作人员代评',
  } as Record<PressureKind, string>,
}

const en: typeof zh = {
  list: 'Pressure reports',
  sealed: 'Only the competent body reads these; the rated unit does not. Do not pass them on to whom they name.',
  number: 'Report number',
  kind: 'Kind',
  text: 'What happened',
  department: 'Rated department',
  contact: 'Phone',
  noContact: 'none left',
  reported: 'Reported at',
  rating: 'About the rating',
  empty: 'No reports',
  pressureKind: {
    PRESSURE: 'Pressed for a good rating',
    INDUCEMENT: 'Induced by an advantage',
    RETALIATION: 'Harassed for a rating',
    RATED_BY_STAFF: 'Rated by staff',
  },
}

/** What the page of reports says. */
export const pressureWording: Record<Language, typeof zh> = { zh, en }
