import type { Value } from '../fhir.ts'
import { repeatingGroups, type Item } from '../questionnaire.ts'
import { COPIES_MAX, copiesAtFirst, groupKey, keyOf, readKey } from './layout.ts'
import { settle } from './settle.ts'
import type { State } from './state.ts'
import { settleValue } from './value.ts'

/**
 * The state after `key` is answered; a list for a question that repeats, `undefined` or an empty list to clear it. A
 * calculated item keeps what a person writes over it until it is cleared. An unknown key, a group and a read-only item
 * leave the state as it is.
 */
export function answer(state: State, key: string, value: Value | readonly Value[] | undefined): State {
  const found = readKey(state.form, key)
  if (!found || found.item.type === 'group' || found.item.type === 'display' || found.item.readOnly) return state
  const { item, copies } = found
  const at = keyOf(item.linkId, copies)
  const given = value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value as Value]
  const values = given
    .filter((one) => typeof one !== 'string' || one.trim() !== '')
    .map((one) => settleValue(item, one))
  const answers = new Map(state.answers)
  if (values.length > 0) answers.set(at, exclusive(item, values))
  else answers.delete(at)
  const edited = new Set(state.edited)
  if (item.calculated && values.length > 0) edited.add(at)
  else edited.delete(at)
  const prefilled = new Set(state.prefilled)
  prefilled.delete(at)
  // A cleared calculated item is worked out anew.
  const changed = item.calculated && values.length === 0 ? undefined : [item.linkId]
  return settle({ ...state, answers, edited, prefilled }, changed)
}

/** Choosing 以上都没有 puts the others out, and choosing another puts it out: the last choice wins. */
function exclusive(item: Item, values: readonly Value[]): readonly Value[] {
  const isExclusive = (value: Value) => item.options.some((option) => option.exclusive && option.value === value)
  if (!item.repeats || values.length < 2 || !values.some(isExclusive)) return values
  const last = values.at(-1)!
  return isExclusive(last) ? [last] : values.filter((value) => !isExclusive(value))
}

/** Adds an empty copy of a repeating group, unless it has `maxOccurs` already. */
export function addCopy(state: State, key: string): State {
  const group = repeatingGroup(state, key)
  if (!group) return state
  const count = countOf(state, group)
  if (count >= Math.min(group.item.maxOccurs ?? COPIES_MAX, COPIES_MAX)) return state
  return recounted(state, group.at, count + 1, state.answers, state.edited)
}

/** Takes one copy out (`index` from 0) and moves those after it up. The last one is emptied instead. */
export function removeCopy(state: State, key: string, index: number): State {
  const group = repeatingGroup(state, key)
  const count = group ? countOf(state, group) : 0
  if (!group || index < 0 || index >= count) return state
  const depth = repeatingGroups(group.item).length - 1
  const moved = (one: string): string | undefined => {
    const place = readKey(state.form, one)
    if (!place || !isWithin(place.item, group.item) || !startsWith(place.copies, group.copies)) return one
    const at = place.copies[depth]
    if (at === undefined || at < index) return one
    return at === index ? undefined : keyOf(place.item.linkId, place.copies.with(depth, at - 1))
  }
  const shift = <V>(entries: Iterable<[string, V]>): [string, V][] =>
    [...entries].flatMap(([one, value]): [string, V][] => {
      const to = moved(one)
      return to === undefined ? [] : [[to, value]]
    })
  const counts = new Map(shift(state.counts))
  const answers = new Map(shift(state.answers))
  const edited = new Set([...state.edited].flatMap((one) => moved(one) ?? []))
  return recounted({ ...state, counts }, group.at, Math.max(1, count - 1), answers, edited)
}

interface Group {
  item: Item
  copies: readonly number[]
  at: string
}

function repeatingGroup(state: State, key: string): Group | undefined {
  const item = state.form.byLinkId.get(key)
  const found = item
    ? {
        item,
        copies: repeatingGroups(item)
          .slice(0, -1)
          .map(() => 0),
      }
    : readKey(state.form, key)
  if (!found || found.item.type !== 'group' || !found.item.repeats) return undefined
  const copies = found.copies.slice(0, repeatingGroups(found.item).length - 1)
  return { item: found.item, copies, at: groupKey(found.item, copies) }
}

const countOf = (state: State, group: Group) => state.counts.get(group.at) ?? copiesAtFirst(group.item)

const recounted = (
  state: State,
  at: string,
  count: number,
  answers: State['answers'],
  edited: State['edited'],
): State => settle({ ...state, counts: new Map(state.counts).set(at, count), answers, edited, enabled: undefined })

function isWithin(item: Item, group: Item): boolean {
  for (let one: Item | undefined = item; one; one = one.parent) if (one === group) return true
  return false
}

const startsWith = (copies: readonly number[], start: readonly number[]) => start.every((n, i) => copies[i] === n)
