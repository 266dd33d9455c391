import type { ThemeConfig } from 'antd'

const css = getComputedStyle(document.documentElement)
const token = (name: string) => css.getPropertyValue(`--${name}`).trim()

/** Ant Design in the colours and type of `kit/tokens.css`: flat, dense, square-cornered. */
export function deskTheme(): ThemeConfig {
  return {
    hashed: false,
    token: {
      colorPrimary: token('brand'),
      colorLink: token('brand'),
      colorError: token('alarm'),
      colorSuccess: token('good'),
      colorWarning: '#8a5300',
      colorText: token('ink'),
      colorTextSecondary: token('ink-quiet'),
      colorTextTertiary: token('ink-quiet'),
      colorTextDescription: token('ink-quiet'),
      colorTextPlaceholder: '#5c6b7a',
      colorBorder: token('line-control'),
      colorBorderSecondary: token('line'),
      colorBgLayout: token('paper'),
      fontFamily: token('font'),
      fontSize: 14,
      borderRadius: 3,
      controlHeight: 32,
      motion: false,
      boxShadow: '0 6px 24px rgb(11 26 43 / 16%)',
      boxShadowSecondary: '0 4px 16px rgb(11 26 43 / 16%)',
    },
    components: {
      Table: {
        headerBg: '#eaeff5',
        headerColor: token('ink'),
        headerSplitColor: 'transparent',
        rowHoverBg: '#f3f7fc',
        cellPaddingBlockSM: 7,
        cellPaddingInlineSM: 10,
        borderColor: token('line'),
      },
      Tabs: { horizontalMargin: '0 0 12px' },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Tooltip: { colorBgSpotlight: token('focus-outer'), maxWidth: 420 },
    },
  }
}
