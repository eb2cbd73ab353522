import { App, ConfigProvider, theme as antdTheme, type ThemeConfig } from 'antd'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useMemo, type ReactNode } from 'react'
import { useLocale } from '../language/use-t.ts'
import { useCalm } from './media.ts'
import type { Palette } from './palette.ts'
import { useIsDark, usePalette } from './theme.ts'

export const FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif'

/** Gives antd our colours, sizes and language. */
export function Look({ children }: { children: ReactNode }) {
  const locale = useLocale()
  const palette = usePalette()
  const isDark = useIsDark()
  const calm = useCalm()
  const config = useMemo(() => themeOf(palette, isDark, calm), [palette, isDark, calm])
  useEffect(() => void dayjs.locale(locale === 'en' ? 'en' : 'zh-cn'), [locale])
  return (
    <ConfigProvider
      locale={locale === 'en' ? enUS : zhCN}
      theme={config}
      // Two Chinese characters in a button stay together: 保存, not 保 存.
      button={{ autoInsertSpace: false }}
      form={{ scrollToFirstError: { block: 'center' }, requiredMark: 'optional' }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  )
}

function themeOf(palette: Palette, isDark: boolean, calm: boolean): ThemeConfig {
  return {
    algorithm: isDark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    hashed: false,
    // Its styles are a file of their own, see antd-styles.ts: made while a page is drawn, they cost a tenth of its time.
    zeroRuntime: true,
    token: {
      colorPrimary: palette.primary,
      colorPrimaryHover: palette.primaryHover,
      colorPrimaryActive: palette.primaryHover,
      colorErrorHover: palette.dangerHover,
      colorErrorActive: palette.dangerHover,
      colorInfo: palette.primary,
      colorLink: palette.primary,
      colorLinkHover: palette.primary,
      colorLinkActive: palette.primary,
      colorError: palette.danger,
      colorWarning: palette.due,
      colorSuccess: palette.good,
      colorErrorBg: palette.dangerGround,
      colorErrorBorder: palette.strongLine,
      colorWarningBg: palette.dueGround,
      colorWarningBorder: palette.strongLine,
      colorSuccessBg: palette.goodGround,
      colorSuccessBorder: palette.strongLine,
      colorInfoBg: palette.raised,
      colorInfoBorder: palette.strongLine,
      colorTextBase: palette.text,
      colorBgBase: isDark ? palette.ground : palette.card,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.card,
      colorBgElevated: palette.over,
      controlItemBgActive: palette.raised,
      controlItemBgActiveHover: palette.raised,
      controlItemBgHover: palette.ground,
      colorBorder: palette.strongLine,
      colorBorderSecondary: palette.line,
      colorTextSecondary: palette.lighter,
      colorTextTertiary: palette.lighter,
      colorTextDescription: palette.lighter,
      colorTextPlaceholder: palette.lighter,
      fontFamily: FONTS,
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 8,
      motion: !calm,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        primaryColor: palette.onPrimary,
        dangerColor: palette.onPrimary,
        // The turning sign says that it works; a faded word falls below 4.5 : 1.
        opacityLoading: 1,
      },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  }
}
