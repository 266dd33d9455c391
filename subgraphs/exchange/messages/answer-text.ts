const SIGNATURE = '【政务服务好差评】'
const HOW_TO_REPLY = '评价请回复1-5（5非常满意，1非常不满意），退订回TD'

/** Thanks for a level that came by reply; after a bad one, what happens next. The link takes reasons and shows the progress. */
export function thanksText(level: number, detailsUrl: string): string {
  return level <= 2
    ? `${SIGNATURE}您的评价（${level}分）已收到，将交责任单位核实整改，并向您反馈。补充原因、查看进展：${detailsUrl}`
    : `${SIGNATURE}感谢您的评价（${level}分）。补充意见、查看评价：${detailsUrl}`
}

/** A second reply with another level: the first rating stands. */
export function alreadyRatedText(detailsUrl: string): string {
  return `${SIGNATURE}您已评价过这次服务，以首次评价为准。补充意见、查看评价：${detailsUrl}`
}

export function notUnderstoodText(): string {
  return `${SIGNATURE}未能识别您的回复。${HOW_TO_REPLY}。`
}

/** A level came, but nothing of this phone waits for one. */
export function nothingToRateText(): string {
  return `${SIGNATURE}没有找到可用短信评价的办件。请扫描办件回执上的二维码评价，或拨打12345。`
}

export function tooLateText(): string {
  return `${SIGNATURE}该办件已超过评价期限。如有意见，请拨打12345。`
}

export function optOutText(): string {
  return `${SIGNATURE}已退订，今后不再向您发送评价邀请。如需恢复，请拨打12345。`
}

/** What became of a bad rating. */
export function reviewResultText(url: string): string {
  return `${SIGNATURE}您反映的问题已有处理结果，请查看：${url}`
}

const LEVELS = ['非常不满意', '不满意', '基本满意', '满意', '非常满意'] as const

/** What an operator recorded on the phone (电话评价确认), level 1 to 5; by the link the rater may correct it or add to it. */
export function phoneRatingText(level: number, url: string): string {
  return `${SIGNATURE}您刚才的电话评价已记录为：${LEVELS[level - 1]}（${level}分）。如与您所说不符或需补充，请打开：${url}`
}
