import { repeatingGroups, type Form, type Item } from '../questionnaire.ts'

/**
 * One place of the filled form. `key` is the linkId, and within groups that repeat `linkId@i.j`, the numbers saying
 * in which copy of each such group around it (outermost first, from 0; a repeating group's own number comes last).
 */
export interface Place {
  key: string
  item: Item
  copies: readonly number[]
  parent?: Place
}

export const keyOf = (linkId: string, copies: readonly number[]) =>
  copies.length === 0 ? linkId : `${linkId}@${copies.join('.')}`

/** Reads a key; a bare linkId within repeating groups means the first copy of each. Undefined for an unknown item. */
export function readKey(form: Form, key: string): { item: Item; copies: number[] } | undefined {
  const whole = form.byLinkId.get(key)
  if (whole) return { item: whole, copies: repeatingGroups(whole).map(() => 0) }
  const [, linkId = '', numbers = ''] = /^(.*)@([\d.]+)$/s.exec(key) ?? []
  const item = form.byLinkId.get(linkId)
  return item && { item, copies: numbers.split('.').map(Number) }
}

/** The key under which the number of copies of a repeating group is kept: its place without its own number. */
export const groupKey = (group: Item, copies: readonly number[]) =>
  keyOf(group.linkId, copies.slice(0, repeatingGroups(group).length - 1))

/**
 * The most copies of repeating groups that one response brings in, all together: no person has filled in as many, and
 * what a stranger sends through an open link must not keep the server busy.
 */
export const COPIES_MAX = 1000

export const copiesAtFirst = (group: Item) => Math.max(1, group.minOccurs ?? 1)

/** All places, in the order of the page. */
export function layOut(form: Form, counts: ReadonlyMap<string, number>): Place[] {
  const places: Place[] = []
  const add = (item: Item, copies: readonly number[], parent: Place | undefined) => {
    const place: Place = { key: keyOf(item.linkId, copies), item, copies, parent }
    places.push(place)
    lay(item.items, copies, place)
  }
  const lay = (items: readonly Item[], copies: readonly number[], parent?: Place) => {
    for (const item of items) {
      if (item.type !== 'group' || !item.repeats) {
        add(item, copies, parent)
        continue
      }
      const count = counts.get(keyOf(item.linkId, copies)) ?? copiesAtFirst(item)
      for (let n = 0; n < count; n++) add(item, [...copies, n], parent)
    }
  }
  lay(form.items, [])
  return places
}

/** Whether `place` lies in the same copies of the groups that it and `here` share: the nearest one is meant. */
export function isNear(place: Place, here: Place): boolean {
  const theirs = repeatingGroups(place.item)
  const ours = repeatingGroups(here.item)
  for (let i = 0; i < theirs.length && i < ours.length && theirs[i] === ours[i]; i++)
    if (place.copies[i] !== here.copies[i]) return false
  return true
}
