import type { Collected, RoomPage, SlotName, StaffPage } from '../../platform/web/index.ts'
import { EMPTY_SLOTS } from '../../platform/web/index.ts'

/** What a room's `staff/pages.tsx` may export. */
export type RoomPages = { pages?: StaffPage[] } & { [S in SlotName]?: Collected[S] }

// Eager: these files only describe; the pages behind them are fetched when they are opened.
const files = import.meta.glob<RoomPages>('../../rooms/*/staff/pages.tsx', { eager: true })
const rooms = Object.entries(files).map(([path, given]) => ({ room: path.split('/').at(-3) ?? '', given }))

export const pages: RoomPage[] = rooms.flatMap(({ room, given }) => (given.pages ?? []).map((page) => ({ ...page, room })))

export const slots: Collected = Object.fromEntries(
  (Object.keys(EMPTY_SLOTS) as SlotName[]).map((name) => [
    name,
    rooms.flatMap(({ room, given }) => (given[name] ?? []).map((part) => ({ ...part, room }))),
  ]),
) as unknown as Collected
