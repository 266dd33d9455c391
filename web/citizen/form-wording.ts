import type { Language } from '../kit/language.ts'

const zh = {
  submitting: '正在提交…',
  chooseLevel: '请先选择一个满意度等级',
  chooseReason: '请至少选择一项原因，或写一句说明',
  givePhone: '请填写手机号后四位数字',
  chosenNowSubmit: (label: string) => `已选“${label}”，点“提交评价”完成`,
  chosenNowReason: (label: string) => `已选“${label}”，请再选一项原因`,
  notSent: '网络不通，评价还没有提交',
  notSentRemedy: '您填写的内容都在，请检查网络后再点一次“提交评价”。',
  textLeft: (left: number) => `还可以写 ${left} 个字`,
  textOver: (over: number) => `超出 ${over} 个字，请删减`,
  whatToDo: '怎么办：',
  pictureRefused: (name: string, why: string) => `“${name}”：${why}`,
  picturesRefused: '有图片没有上传',
  picturesRefusedRemedy: '请另选图片后再提交；不另选也可以直接再提交一次。',
  picturesBusy: '图片还在上传，请稍候再提交，或移除未完成的图片',
  picturesTooMany: (limit: number) => `最多 ${limit} 张图片，多出的没有加入`,
  pictureUploading: (percent: number) => `上传中 ${percent}%`,
  pictureReady: '已上传',
  pictureRemove: '移除',
  pictureFailed: '没有上传成功，请检查网络后重新选择',
}

const en: typeof zh = {
  submitting: 'Submitting…',
  chooseLevel: 'Choose one of the five levels first',
  chooseReason: 'Choose at least one reason, or write a few words',
  givePhone: 'Give the last four digits of the phone',
  chosenNowSubmit: label => `“${label}” chosen; press “Submit rating” to finish`,
  chosenNowReason: label => `“${label}” chosen; now choose a reason`,
  notSent: 'No connection: the rating has not been sent',
  notSentRemedy: 'Everything you entered is still here. Check the connection and press “Submit rating” again.',
  textLeft: left => `${left} characters left`,
  textOver: over => `${over} characters too many`,
  whatToDo: 'What to do: ',
  pictureRefused: (name, why) => `“${name}”: ${why}`,
  picturesRefused: 'Some pictures were not taken',
  picturesRefusedRemedy: 'Choose others and submit again, or submit again without them.',
  picturesBusy: 'Pictures are still on their way: wait a moment, or remove those that are not done',
  picturesTooMany: limit => `At most ${limit} pictures; the others were left out`,
  pictureUploading: percent => `${percent}% sent`,
  pictureReady: 'Sent',
  pictureRemove: 'Remove',
  pictureFailed: 'Not sent: check the connection and choose it again',
}

export type FormWording = typeof zh

/** What the rating form says while it is being filled in: the only wording that the page's script carries. */
export const formWording: Record<Language, FormWording> = { zh, en }
