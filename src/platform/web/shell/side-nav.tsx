import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useT } from '../language/use-t.ts'
import { Go } from '../page/go.tsx'
import { Mark } from './mark.tsx'
import type { NavEntry, NavSection } from './nav.ts'

export interface SideNavProps {
  sections: readonly NavSection[]
  active: string | undefined
  folded: boolean
  onFold: () => void
}

/** The navigation at the left; folded it shows icons, whose words come on hover and to screen readers. */
export function SideNav({ sections, active, folded, onFold }: SideNavProps) {
  const t = useT('web')
  const foldLabel = t(folded ? 'shell.unfold' : 'shell.fold')
  return (
    <div className="pb-side">
      <Mark folded={folded} />
      <nav className="pb-nav" aria-label={t('shell.navigation')}>
        {sections.map(({ group, entries }) => (
          <div key={group} className="pb-nav-group">
            {group !== 'daily' && <div className="pb-nav-title">{folded ? <hr /> : t(`group.${group}`)}</div>}
            <NavList entries={entries} active={active} folded={folded} />
          </div>
        ))}
      </nav>
      <button type="button" className="pb-nav-fold" onClick={onFold} aria-label={foldLabel} title={foldLabel}>
        {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        {!folded && <span>{foldLabel}</span>}
      </button>
    </div>
  )
}

export function NavList({ entries, active, folded = false }: { entries: readonly NavEntry[]; active: string | undefined; folded?: boolean }) {
  return (
    <ul>
      {entries.map(({ path, label, icon: Icon }) => (
        <li key={path}>
          <Tooltip title={folded ? label : ''} placement="right">
            <Go to={path} className="pb-nav-entry" {...(path === active ? { 'aria-current': 'page' as const } : {})}>
              <Icon />
              <span className={folded ? 'pb-sr' : undefined}>{label}</span>
            </Go>
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
