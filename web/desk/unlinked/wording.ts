import type { Language } from '../../kit/language.ts'

const zh = {
  list: '未关联评价台账',
  negative: '差评与否',
  onlyNegative: '只看差评',
  onlyOthers: '只看其他',
  subject: '评价对象',
  linked: '是否已补关联',
  isLinked: '已补关联',
  isUnlinked: '尚未关联',
  empty: '没有未关联评价',
  candidates: '可能的办件',
  candidatesHint: '按可能性排列。请核对理由，确认后写明依据再补关联。',
  noCandidates: '没有找到可能的办件',
  score: '可能性',
  why: '理由',
  tie: '关联到此办件',
  tieTitle: (caseNumber: string) => `补关联到 ${caseNumber}`,
  tieHint: '补关联后，评价与差评处理随该办件显示；不能撤销。',
  reason: '依据（2 至 200 字）',
  done: '已补关联',
  closed: '办结',
}

const en: typeof zh = {
  list: 'Ledger of unlinked ratings',
  negative: 'Bad or not',
  onlyNegative: 'Bad ones only',
  onlyOthers: 'Others only',
  subject: 'Subject',
  linked: 'Linked or not',
  isLinked: 'Linked later',
  isUnlinked: 'Still unlinked',
  empty: 'No unlinked ratings',
  candidates: 'Cases it may belong to',
  candidatesHint: 'The likeliest first. Check the reasons, then tie it and say why.',
  noCandidates: 'No case was found that fits',
  score: 'Likelihood',
  why: 'Reasons',
  tie: 'Tie to this case',
  tieTitle: caseNumber => `Tie to ${caseNumber}`,
  tieHint: 'The rating and its handling then show this case. It cannot be undone.',
  reason: 'Why (2 to 200 characters)',
  done: 'Tied',
  closed: 'closed',
}

/** What the page of unlinked ratings says. */
export const unlinkedWording: Record<Language, typeof zh> = { zh, en }
