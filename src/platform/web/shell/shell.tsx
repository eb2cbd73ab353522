import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useMemo, useState, type ReactNode } from 'react'
import { useT, useText } from '../language/use-t.ts'
import { useNarrow } from '../look/media.ts'
import { useMe } from '../page/session.ts'
import { ConnectionBanner } from '../feedback/connection-banner.tsx'
import { Loading } from '../feedback/loading.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { activeEntry, navOf, type RoomPage } from './nav.ts'
import { SideNav } from './side-nav.tsx'
import { TopBar, type MeMenuLinks } from './top-bar.tsx'

export interface ShellProps extends MeMenuLinks {
  pages: readonly RoomPage[]
}

/** The shell around the page that the address names. */
export function Shell(props: ShellProps) {
  return (
    <ShellFrame {...props}>
      <Outlet />
    </ShellFrame>
  )
}

/** The frame around every page of staff: navigation, top bar, the page itself. */
export function ShellFrame({ pages, children, ...links }: ShellProps & { children: ReactNode }) {
  const t = useT('web')
  const me = useMe()
  const text = useText()
  const narrow = useNarrow()
  const pathname = useLocation({ select: (location) => location.pathname })
  const sections = useMemo(() => navOf(pages, me, text), [pages, me, text])
  const active = activeEntry(sections, pathname)
  const [folded, setFolded] = useState(() => localStorage.getItem('peiban.nav') === 'folded')
  const fold = () => {
    localStorage.setItem('peiban.nav', folded ? 'open' : 'folded')
    setFolded(!folded)
  }
  return (
    <div className={`pb-shell${folded && !narrow ? ' pb-shell-folded' : ''}`}>
      <a className="pb-skip" href="#content">
        {t('shell.skip')}
      </a>
      {!narrow && <SideNav sections={sections} active={active} folded={folded} onFold={fold} />}
      <div className="pb-shell-main">
        <TopBar pages={pages} {...links} />
        <ConnectionBanner />
        <main id="content" className="pb-content" tabIndex={-1}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </main>
      </div>
      {narrow && <BottomBar sections={sections} active={active} />}
    </div>
  )
}
