import type { ComponentType } from 'react'
import { may, type Me } from '../page/session.ts'
import { NAV_GROUPS, type NavGroup, type StaffPage } from '../page/staff-page.ts'

export type RoomPage = StaffPage & { room: string }

export interface NavEntry {
  path: string
  label: string
  icon: ComponentType
}
export interface NavSection {
  group: NavGroup
  entries: NavEntry[]
}

/** The navigation of one person: only what they may open, by group and order. */
export function navOf(
  pages: readonly RoomPage[],
  me: Pick<Me, 'permissions'>,
  text: (room: string, key: string) => string,
): NavSection[] {
  return NAV_GROUPS.map((group) => ({
    group,
    entries: pages
      .filter((page) => page.nav?.group === group && may(me, page.permission))
      .toSorted((a, b) => a.nav!.order - b.nav!.order)
      .map((page) => ({ path: page.path, label: text(page.room, page.nav!.label), icon: page.nav!.icon })),
  })).filter(({ entries }) => entries.length > 0)
}

/** The entry that an address belongs to: the longest path that it begins with. */
export function activeEntry(sections: readonly NavSection[], pathname: string): string | undefined {
  return sections
    .flatMap(({ entries }) => entries.map(({ path }) => path))
    .filter((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .toSorted((a, b) => b.length - a.length)[0]
}

/** As many as stand beside each other on a phone with words below their icons. */
const THUMB = 5

/**
 * What a phone keeps under the thumb: everything where that is little, else the first three of the first group and the
 * first of the next (today, and the people), which leaves a place for "more".
 */
export function thumbEntries(sections: readonly NavSection[]): NavEntry[] {
  const all = sections.flatMap(({ entries }) => entries)
  if (all.length <= THUMB) return all
  const [first, next] = sections
  const chosen = [...(first?.entries.slice(0, 3) ?? []), ...(next?.entries.slice(0, 1) ?? [])]
  return chosen.length === THUMB - 1 ? chosen : all.slice(0, THUMB - 1)
}
