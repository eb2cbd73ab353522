import type { ComponentType } from 'react'
import type { z } from 'zod'
import type { Ahead, Opening } from './ahead.ts'
import { fetched, type Fetched } from './fetched.ts'
import type { Asked } from './session.ts'
import type { SlotName } from './slots.ts'

/**
 * The parts of the left navigation, from above: what today asks, the people and their care, reports coming in and going
 * out, what experts write and rule, how the house is run. What a rule of care is set by is `content`, not `settings`.
 */
export const NAV_GROUPS = ['daily', 'patients', 'reports', 'content', 'settings'] as const
export type NavGroup = (typeof NAV_GROUPS)[number]

/** One page, as a room describes it in `staff/pages.tsx`. Labels are keys of the room's own locale file. */
export interface StaffPage {
  /** `/patients/$patientId`; parameters by `usePathParam('patientId')`. */
  path: string
  /** The page's name in the command palette and the window title, where `nav` does not give it. */
  label?: string
  /** Who may open it: one permission, or several of which one is enough. Without it anybody signed in. */
  permission?: Asked
  nav?: { group: NavGroup; order: number; icon: ComponentType; label: string }
  /** `plain` stands alone, without navigation: sign-in. `bare` has no frame at all: printing. */
  layout?: 'shell' | 'plain' | 'bare'
  /** May be opened without being signed in. */
  open?: boolean
  component: ComponentType
  /** Places on it that other rooms fill at once; their scripts are fetched together with its own. */
  brings?: readonly SlotName[]
  /** What it will ask at once, itself and the parts that it begins with; see `openAhead`. */
  ahead?: (opening: Opening) => readonly Ahead[]
  /** What the address may hold behind `?`; what does not fit is dropped. Pages usually say it by `useAddress` alone. */
  validateSearch?: z.ZodType
}

/** A tab, header part or card of the workbench that is fetched when it is first shown; see `lazyPage`. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): Fetched<Props> {
  return fetched(load)
}

/** A page that is fetched when it is first opened: `lazyPage(async () => (await import('./list-page.tsx')).ListPage)`. */
export function lazyPage(load: () => Promise<ComponentType>): Fetched<Record<never, never>> {
  return fetched(load)
}
