import { SearchOutlined } from '@ant-design/icons'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Locale } from '../../contract/words.ts'
import { useT } from '../language/use-t.ts'
import { useNarrow } from '../look/media.ts'
import { useMe } from '../page/session.ts'
import { useSlot } from '../page/slots.ts'
import { KeyHint } from '../text/key-hint.tsx'
import { MeMenu } from './me-menu.tsx'
import type { RoomPage } from './nav.ts'
import { useShortcut } from './shortcut.ts'

const loadPalette = () => import('./command-palette.tsx')
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }))

export interface MeMenuLinks {
  /** Where password, second factor and open sessions are looked after. */
  accountPath?: string
  onSignOut: () => void
  /** The account remembers it too, for other browsers and for what is sent to the person. */
  onLanguage?: (locale: Locale) => void
}

/** Above every page: search, what the rooms put beside it, the organization, oneself. */
export function TopBar({ pages, ...links }: MeMenuLinks & { pages: readonly RoomPage[] }) {
  const t = useT('web')
  const me = useMe()
  const narrow = useNarrow()
  const parts = useSlot('topBarParts')
  const [searching, setSearching] = useState(false)
  useShortcut('search', () => setSearching(true))
  // At hand before it is asked for: what is typed right after the slash must not be lost.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <header className="pb-top">
      <button type="button" className="pb-search" onClick={() => setSearching(true)} aria-haspopup="dialog">
        <SearchOutlined />
        <span>{t(narrow ? 'search.short' : 'search.placeholder')}</span>
        {!narrow && <KeyHint keys={['/']} />}
      </button>
      <div className="pb-top-right">
        {parts.map(({ key, component: Component }) => (
          // Each by itself: a bell that is late holds up no page.
          <Suspense key={key}>
            <Component />
          </Suspense>
        ))}
        {!narrow && <span className="pb-organization">{me.organization.name}</span>}
        <MeMenu {...links} />
      </div>
      <Suspense>{searching && <CommandPalette pages={pages} onClose={() => setSearching(false)} />}</Suspense>
    </header>
  )
}
