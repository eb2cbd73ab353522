import { useState } from 'react'
import { NAV_GROUPS, type NavGroup } from '../page/staff-page.ts'
import type { NavSection } from './nav.ts'

const KEPT = 'peiban.nav.groups'

/** Entries that stand in a window of 900 px with the titles of their groups. */
const IN_SIGHT = 16
/** Whoever cares for people comes here now and then. */
const SELDOM: readonly NavGroup[] = ['content', 'settings']

export type Folds = Partial<Record<NavGroup, boolean>>

/**
 * Whether a group is folded: as its reader left it; at first what is seldom needed, where all would not be in sight and
 * one is not in it.
 */
export function isFolded(
  { group, entries }: NavSection,
  { sections, active, kept }: { sections: readonly NavSection[]; active: string | undefined; kept: Folds },
): boolean {
  const count = sections.reduce((sum, section) => sum + section.entries.length, 0)
  return kept[group] ?? (count > IN_SIGHT && SELDOM.includes(group) && !entries.some(({ path }) => path === active))
}

/** What a browser has kept; what does not fit is forgotten. */
export function readFolds(text: string | null): Folds {
  try {
    const kept = Object(JSON.parse(text ?? '{}')) as Record<string, unknown>
    return Object.fromEntries(
      NAV_GROUPS.filter((group) => typeof kept[group] === 'boolean').map((group) => [group, kept[group]]),
    )
  } catch {
    return {}
  }
}

/** Which groups of the navigation are folded in this browser, and what turns one over. */
export function useFolds(
  sections: readonly NavSection[],
  active: string | undefined,
): [(section: NavSection) => boolean, (section: NavSection) => void] {
  const [kept, setKept] = useState(() => readFolds(localStorage.getItem(KEPT)))
  const folded = (section: NavSection) => isFolded(section, { sections, active, kept })
  const turn = (section: NavSection) => {
    const next = { ...kept, [section.group]: !folded(section) }
    localStorage.setItem(KEPT, JSON.stringify(next))
    setKept(next)
  }
  return [folded, turn]
}
