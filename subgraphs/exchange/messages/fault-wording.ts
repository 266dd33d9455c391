const wordings: Readonly<Record<string, string>> = {
  OPTED_OUT: '该号码已退订 The phone has opted out',
  RATED: '办件已评价 The case has been rated meanwhile',
  BAD_NUMBER: '号码无法接收短信 No network takes messages for this number',
  BAD_TEXT: '运营商不接受该内容 The carrier does not take this text',
  GIVEN_UP: '多次发送未成功，已停止 Tried many times without success',
  UNDELIVERED: '未能送达手机 It could not be delivered to the phone',
}

/** Why a message failed or was not sent, Chinese and English, of a stored fault such as `UNDELIVERED EXPIRED 013`. */
export function faultWording(fault: string): string {
  const [code = '', ...detail] = fault.split(' ')
  return [wordings[code] ?? code, ...(detail.length > 0 ? [`(${detail.join(' ')})`] : [])].join(' ')
}
