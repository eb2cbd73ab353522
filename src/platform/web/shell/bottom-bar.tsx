import { AppstoreOutlined } from '@ant-design/icons'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useT } from '../language/use-t.ts'
import { Go } from '../page/go.tsx'
import { thumbEntries, type NavSection } from './nav.ts'
import { NavList } from './side-nav.tsx'

/** On a phone: what matters most under the thumb, everything in a drawer. */
export function BottomBar({ sections, active }: { sections: readonly NavSection[]; active: string | undefined }) {
  const t = useT('web')
  const [open, setOpen] = useState(false)
  const first = thumbEntries(sections)
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0)
  if (count === 0) return null
  return (
    <nav className="pb-bottom" aria-label={t('shell.navigation')}>
      {first.map(({ path, label, icon: Icon }) => (
        <Go
          key={path}
          to={path}
          className="pb-bottom-entry"
          {...(path === active ? { 'aria-current': 'page' as const } : {})}
        >
          <span aria-hidden="true">
            <Icon />
          </span>
          <span>{label}</span>
        </Go>
      ))}
      {count > first.length && (
        <button
          type="button"
          className="pb-bottom-entry"
          aria-expanded={open}
          data-within={active !== undefined && !first.some(({ path }) => path === active)}
          onClick={() => setOpen(true)}
        >
          <span aria-hidden="true">
            <AppstoreOutlined />
          </span>
          <span>{t('shell.more')}</span>
        </button>
      )}
      <Drawer
        placement="bottom"
        size="auto"
        open={open}
        onClose={() => setOpen(false)}
        title={t('shell.navigation')}
        // Lower than the screen, so that its head and the page behind it stay in reach.
        styles={{ section: { maxHeight: '85dvh' }, body: { padding: 8 } }}
      >
        {/* A tap on an entry has chosen: the drawer has done its work. */}
        <div className="pb-nav pb-nav-drawer" onClick={() => setOpen(false)} role="presentation">
          {sections.map(({ group, entries }) => (
            <div key={group} className="pb-nav-group">
              {sections.length > 1 && <div className="pb-nav-title">{t(`group.${group}`)}</div>}
              <NavList entries={entries} active={active} />
            </div>
          ))}
        </div>
      </Drawer>
    </nav>
  )
}
