import type { QueryClient } from '@tanstack/react-query'
import type { Endpoint } from '../../contract/endpoint.ts'
import type { InputArgument } from '../api/call.ts'
import { prefetch } from '../api/use-api.ts'
import { fetchAhead } from './fetched.ts'
import { may, type Me } from './session.ts'
import type { Collected, SlotName, Slots } from './slots.ts'

/** A call that a page makes as soon as it is drawn. */
export type Ask = (client: QueryClient) => Promise<void>

/** The same endpoint and input that the page gives to `useApi`; with others both are asked. */
export function ask<E extends Endpoint>(endpoint: E, ...input: InputArgument<E>): Ask {
  return (client) => prefetch(client, endpoint, ...input)
}

/** An address that is being opened, while nothing of its page is here yet. */
export interface Opening {
  params: Readonly<Record<string, string>>
  search: Readonly<Record<string, unknown>>
  /** What the rooms give to a place, as far as this reader may see it, in order. */
  parts<S extends SlotName>(slot: S): Slots[S]
}

/** What a page or a part of it begins with: its script, and what it asks. */
export interface Ahead {
  component?: unknown
  asks?: (() => readonly Ask[]) | undefined
}

/** What a part of a page begins with, given its properties. */
export function aheadOf<Props>(
  part: { component: unknown; asks?: ((props: Props) => readonly Ask[]) | undefined },
  props: Props,
): Ahead {
  const { component, asks } = part
  return { component, asks: asks && (() => asks(props)) }
}

/**
 * Begins to fetch all that a page begins with, at the same time, instead of each when what stands around it is drawn. What
 * goes wrong is asked again by the page, which shows it. Resolves when the scripts are here; nobody waits for the answers.
 */
export async function openAhead(client: QueryClient, all: readonly Ahead[]): Promise<void> {
  for (const { asks } of all) asks?.().forEach((one) => void one(client))
  await Promise.all(all.map(({ component }) => fetchAhead(component)))
}

/** What the rooms give to a place, as far as this reader may see it, in order; labels are keys still. */
export function partsFor<S extends SlotName>(
  slots: Collected,
  name: S,
  me: Pick<Me, 'permissions'> | undefined,
): Collected[S] {
  const given = slots[name] as unknown as { permission?: Parameters<typeof may>[1]; order?: number }[]
  return given
    .filter((part) => may(me, part.permission))
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)) as unknown as Collected[S]
}
