import { may, type Me } from '../page/session.ts'
import type { Command, SearchItem } from '../page/slots.ts'
import type { RoomPage } from './nav.ts'

export interface PaletteGroup {
  key: string
  label: string
  items: SearchItem[]
}

/** Pages and actions whose name holds what is typed; all of them before anything is typed. */
export function matchingPages(
  pages: readonly RoomPage[],
  me: Pick<Me, 'permissions'>,
  typed: string,
  text: (room: string, key: string) => string,
): SearchItem[] {
  return pages
    .filter((page) => !page.path.includes('$') && (page.layout ?? 'shell') === 'shell' && may(me, page.permission))
    .flatMap((page) => {
      const key = page.nav?.label ?? page.label
      const hint = page.nav && { hint: text('web', `group.${page.nav.group}`) }
      return key ? [{ key: page.path, title: text(page.room, key), to: page.path, ...hint }] : []
    })
    .filter(({ title }) => holds(title, typed))
}

export function matchingCommands(commands: readonly Command[], typed: string): SearchItem[] {
  return commands.map(({ key, label, to }) => ({ key, title: label, to })).filter(({ title }) => holds(title, typed))
}

function holds(title: string, typed: string): boolean {
  return title.toLowerCase().includes(typed.trim().toLowerCase())
}

/** The next line for an arrow key; round at both ends. */
export function stepChoice(current: number, count: number, key: string): number {
  if (count === 0) return 0
  if (key === 'ArrowDown') return (current + 1) % count
  if (key === 'ArrowUp') return (current - 1 + count) % count
  return Math.min(current, count - 1)
}
