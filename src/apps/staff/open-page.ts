import type { QueryClient } from '@tanstack/react-query'
import { may, openAhead, partsFor, remembered, type StaffPage } from '../../platform/web/index.ts'
import { me } from '../../rooms/staff/contract/staff.ts'
import { slots } from './pages.ts'

/** Fetches what a page begins with, as far as who is signed in may see it. Whoever is not is led elsewhere by the page. */
export async function openPage(
  client: QueryClient,
  { ahead, permission }: StaffPage,
  params: Record<string, string>,
  search: Record<string, unknown>,
): Promise<void> {
  const who = await remembered(client, me).catch(() => undefined)
  if (!who || !may(who, permission)) return
  await openAhead(client, ahead?.({ params, search, parts: (name) => partsFor(slots, name, who) }) ?? [])
}
