import { describe, expect, it } from 'vitest'
import { errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import { messageIn, remedyIn } from '../../web/kit/language.ts'

describe('what a reader is told', () => {
  it('is the half of a remedy in his language', () => {
    const remedy = '请扫描窗口屏幕上的新二维码。Scan the fresh code on the screen.'
    expect(remedyIn('zh', remedy)).toBe('请扫描窗口屏幕上的新二维码。')
    expect(remedyIn('en', remedy)).toBe('Scan the fresh code on the screen.')
  })

  it.each(Object.entries(errorCatalogue))('every remedy of the catalogue has both halves: %s', (_code, { remedy }) => {
    expect(remedyIn('en', remedy)).toMatch(/^[A-Z][^\u4e00-\u9fff]+\.$/)
    expect(remedyIn('zh', remedy)).toMatch(/[\u4e00-\u9fff].*。$/)
  })

  it('stays whole when it has one language only', () => {
    expect(remedyIn('en', '请重新扫码。')).toBe('请重新扫码。')
    expect(remedyIn('zh', 'Scan again.')).toBe('Scan again.')
  })

  it('is the message in his language', () => {
    expect(messageIn('zh', errorCatalogue.CODE_EXPIRED)).toBe('评价码已过期')
    expect(messageIn('en', errorCatalogue.CODE_EXPIRED)).toBe('The rating code has expired')
  })
})
