import { DownOutlined, MenuFoldOutlined, MenuUnfoldOutlined, RightOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useId } from 'react'
import { useT } from '../language/use-t.ts'
import { Go } from '../page/go.tsx'
import { Mark } from './mark.tsx'
import { useFolds } from './nav-folds.ts'
import type { NavEntry, NavSection } from './nav.ts'

export interface SideNavProps {
  sections: readonly NavSection[]
  active: string | undefined
  /** To icons, whose words come on hover and to screen readers. */
  folded: boolean
  onFold: () => void
}

/** The navigation at the left: groups with a title that folds them; who has one group alone sees its entries. */
export function SideNav({ sections, active, folded, onFold }: SideNavProps) {
  const t = useT('web')
  const foldLabel = t(folded ? 'shell.unfold' : 'shell.fold')
  const [isFolded, turn] = useFolds(sections, active)
  return (
    <div className="pb-side">
      <Mark folded={folded} />
      <nav className="pb-nav" aria-label={t('shell.navigation')}>
        {sections.map((section) =>
          sections.length === 1 ? (
            <NavList key={section.group} entries={section.entries} active={active} folded={folded} />
          ) : (
            <NavGroupPart
              key={section.group}
              section={section}
              active={active}
              icons={folded}
              open={!isFolded(section)}
              onTurn={() => turn(section)}
            />
          ),
        )}
      </nav>
      <button type="button" className="pb-nav-fold" onClick={onFold} aria-label={foldLabel} title={foldLabel}>
        {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        {!folded && <span>{foldLabel}</span>}
      </button>
    </div>
  )
}

interface NavGroupPartProps {
  section: NavSection
  active: string | undefined
  icons: boolean
  open: boolean
  onTurn: () => void
}

function NavGroupPart({ section: { group, entries }, active, icons, open, onTurn }: NavGroupPartProps) {
  const t = useT('web')
  const id = useId()
  const name = t(`group.${group}`)
  return (
    <div className="pb-nav-group">
      <Tooltip title={icons ? name : ''} placement="right">
        <button
          type="button"
          className="pb-nav-title"
          aria-expanded={open}
          aria-controls={id}
          data-within={!open && entries.some(({ path }) => path === active)}
          onClick={onTurn}
        >
          <span className={icons ? 'pb-sr' : undefined}>{name}</span>
          <span aria-hidden="true">{open ? <DownOutlined /> : <RightOutlined />}</span>
        </button>
      </Tooltip>
      <div id={id} hidden={!open}>
        <NavList entries={entries} active={active} folded={icons} />
      </div>
    </div>
  )
}

export function NavList({
  entries,
  active,
  folded = false,
}: {
  entries: readonly NavEntry[]
  active: string | undefined
  folded?: boolean
}) {
  return (
    <ul>
      {entries.map(({ path, label, icon: Icon }) => (
        <li key={path}>
          <Tooltip title={folded ? label : ''} placement="right">
            <Go to={path} className="pb-nav-entry" {...(path === active ? { 'aria-current': 'page' as const } : {})}>
              {/* Its word says it; by itself it would be read as “home”. */}
              <span aria-hidden="true">
                <Icon />
              </span>
              <span className={folded ? 'pb-sr' : undefined}>{label}</span>
            </Go>
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
