import { expect, test } from 'vitest'
import { isSuspectedPersonal } from '../../subgraphs/evaluations/domain/comment.ts'

test.each([
  '请致电13900000000',
  '电话 139-0000-0000 找我',
  '手机:１３９００００００００',
  '+86 139 0000 0000',
  '座机0371-60000000',
  '身份证410100190001010001',
  '身份证号 410100 19000101 000x',
  '旧证410100000101001',
  '写信到 someone@example.cn',
  '加微信：abc_12345',
  '微信号是hello-2020',
  'QQ 123456',
])('%s seems to name a person', text => {
  expect(isSuspectedPersonal(text)).toBe(true)
})

test.each([
  '等了两小时',
  '办件编号410100012101000276002401一直没有办结',
  '12345热线没人接',
  '2026年11月20日上午9点30分到，11点才办',
  '跑了3趟，交了5份材料，花费1000元',
  '窗口A01的SB001工作人员态度很好',
  '用微信小程序打不开',
  'wifi',
])('%s does not', text => {
  expect(isSuspectedPersonal(text)).toBe(false)
})
