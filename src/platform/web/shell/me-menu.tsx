import { DownOutlined } from '@ant-design/icons'
import { Dropdown, type MenuProps } from 'antd'
import type { Locale } from '../../contract/words.ts'
import { language } from '../language/language.ts'
import { useLocale, useT } from '../language/use-t.ts'
import { theme, useThemeChoice } from '../look/theme.ts'
import { useMe } from '../page/session.ts'
import { useGo } from '../page/use-address.ts'
import type { MeMenuLinks } from './top-bar.tsx'

const THEMES = ['system', 'light', 'dark'] as const

/** Language, light or dark, one's account, the way out. */
export function MeMenu({ accountPath, onSignOut, onLanguage }: MeMenuLinks) {
  const t = useT('web')
  const me = useMe()
  const go = useGo()
  const locale = useLocale()
  const chosen = useThemeChoice()
  const choose = (chosenLocale: Locale) => {
    void language.choose(chosenLocale)
    onLanguage?.(chosenLocale)
  }
  const items: MenuProps['items'] = [
    {
      type: 'group',
      label: t('me.language'),
      children: [
        { key: 'zh-CN', label: '中文', onClick: () => choose('zh-CN') },
        { key: 'en', label: 'English', onClick: () => choose('en') },
      ],
    },
    {
      type: 'group',
      label: t('me.theme'),
      children: THEMES.map((key) => ({ key, label: t(`me.${key}`), onClick: () => theme.choose(key) })),
    },
    { type: 'divider' },
    ...(accountPath ? [{ key: 'account', label: t('me.account'), onClick: () => go(accountPath) }] : []),
    { key: 'out', label: t('me.signOut'), onClick: onSignOut },
  ]
  return (
    <Dropdown menu={{ items, selectable: true, multiple: true, selectedKeys: [locale, chosen] }} trigger={['click']} placement="bottomRight">
      <button type="button" className="pb-me" >
        <span className="pb-avatar" aria-hidden="true">
          {initialOf(me.name)}
        </span>
        <span className="pb-me-name">{me.name}</span>
        <span className="pb-sr">{t('me.open')}</span>
        <DownOutlined />
      </button>
    </Dropdown>
  )
}

/** 李慧敏 → 敏, as colleagues call each other; Alice → A. Whole characters, since rare ones take two units. */
function initialOf(name: string): string {
  return Array.from(name).at(/^[A-Za-z]/.test(name) ? 0 : -1) ?? ''
}
