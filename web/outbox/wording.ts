import type { Language } from '../kit/language.ts'

const zh = {
  title: '短信演示发件箱',
  otherLanguage: 'English',
  lead: '演示环境不接运营商，短信都留在这里。点链接即可评价，也可替手机回复。',
  reload: '刷新',
  empty: '还没有短信。办件办结后若未当场评价，约半小时后出现邀请（21时至次日8时不发）。',
  unavailable: '暂时无法读取，请稍后刷新。',
  notTaken: '回复未能送出，请重试。',
  to: '发往',
  reply: '回复',
  replyLabel: '替该手机回复',
  replyHint: '如 5、2、TD',
  kinds: {
    RATING_INVITATION: '邀请评价',
    RATING_REMINDER: '再次提醒',
    REPLY_THANKS: '感谢',
    REPLY_NOT_UNDERSTOOD: '未能识别',
    OPT_OUT_CONFIRMED: '退订确认',
    REVIEW_RESULT: '处理结果',
  } as Record<string, string>,
  states: {
    QUEUED: '待发送',
    SENT: '已发出',
    DELIVERED: '已送达',
    FAILED: '发送失败',
    SUPPRESSED: '未发送',
  } as Record<string, string>,
  faults: { OPTED_OUT: '已退订', RATED: '已评价' } as Record<string, string>,
}

const en: typeof zh = {
  title: 'Demo outbox for SMS',
  otherLanguage: '中文',
  lead: 'The demo has no carrier, so messages stay here. Open a link to rate, or answer as the phone would.',
  reload: 'Reload',
  empty:
    'No messages yet. A case that is not rated on the spot is invited half an hour after closing, never from 21:00 to 8:00.',
  unavailable: 'The outbox cannot be read now. Please reload in a moment.',
  notTaken: 'The reply was not taken. Please try again.',
  to: 'To',
  reply: 'Reply',
  replyLabel: 'Answer as this phone',
  replyHint: 'e.g. 5, 2, TD',
  kinds: {
    RATING_INVITATION: 'Invitation',
    RATING_REMINDER: 'Reminder',
    REPLY_THANKS: 'Thanks',
    REPLY_NOT_UNDERSTOOD: 'Not understood',
    OPT_OUT_CONFIRMED: 'Opt-out confirmed',
    REVIEW_RESULT: 'Result',
  },
  states: { QUEUED: 'waiting', SENT: 'sent', DELIVERED: 'delivered', FAILED: 'failed', SUPPRESSED: 'not sent' },
  faults: { OPTED_OUT: 'opted out', RATED: 'rated meanwhile' },
}

/** What the outbox page says; the messages themselves are Chinese. */
export const outboxWording: Record<Language, typeof zh> = { zh, en }
