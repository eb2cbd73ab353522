import type { Value } from '../fhir.ts'
import type { Form, Item } from '../questionnaire.ts'
import { asker, type Asker } from './ask.ts'
import { conditionHolds } from './enable.ts'
import { isNear, layOut, type Place } from './layout.ts'
import type { State } from './state.ts'
import { buildTree } from './tree.ts'
import { isObject, sameAnswers, settleValue } from './value.ts'

/** A state without what follows from it. */
export type Draft = Omit<State, 'places' | 'enabled' | 'unsettled'> & { enabled?: ReadonlySet<string> }

/** What one round of rules works on. */
interface Round {
  form: Form
  draft: Draft
  byItem: Laid['byItem']
  answers: Map<string, readonly Value[]>
  enabled: Set<string>
  /** The tree as it stands, built when an expression first wants it. */
  ask: () => Asker
}

/**
 * Works out what is asked and what is calculated, until nothing changes. Only items that hang on something changed are
 * looked at again; the order of the items plays no part. `changed` undefined means everything.
 */
export function settle(draft: Draft, changed?: Iterable<string>): State {
  const { form } = draft
  const { places, byItem, keys, ruled } = laidOut(form, draft.counts)
  const answers = new Map(draft.answers)
  // From the outset everything counts as asked, and the rules take away.
  const enabled = new Set(draft.enabled ?? keys)
  const all = changed === undefined || !draft.enabled
  let due: Iterable<Item> = all ? ruled : new Set(dueAfter(form, changed))
  // A sound form comes to rest after as many rounds as its longest chain of rules.
  const roundsMax = form.byLinkId.size * 2 + 10
  for (let round = 0; round < roundsMax; round++) {
    let asked: Asker | undefined
    const filled = { form, counts: draft.counts, answers, enabled }
    const ask = () => (asked ??= asker(form, draft.known, buildTree(filled)))
    const moved = runRound({ form, draft, byItem, answers, enabled, ask }, due)
    due = new Set(dueAfter(form, moved))
    if (moved.size === 0) break
  }
  return { ...draft, places, answers, enabled, unsettled: [...due].map((item) => item.linkId) }
}

interface Laid {
  places: readonly Place[]
  keys: readonly string[]
  byItem: ReadonlyMap<Item, readonly Place[]>
  /** Items with rules of their own. The others are asked with whatever they are part of. */
  ruled: readonly Item[]
}

const laidAtFirst = new WeakMap<Form, Laid>()

/** The places of the form; without copies they are always the same, and ten thousand responses share them. */
function laidOut(form: Form, counts: Draft['counts']): Laid {
  if (counts.size > 0) return layAnew(form, counts)
  let laid = laidAtFirst.get(form)
  if (!laid) laidAtFirst.set(form, (laid = layAnew(form, counts)))
  return laid
}

function layAnew(form: Form, counts: Draft['counts']): Laid {
  const places = layOut(form, counts)
  const byItem = Map.groupBy(places, ({ item }) => item)
  return { places, keys: places.map(({ key }) => key), byItem, ruled: [...byItem.keys()].filter(hasRules) }
}

const hasRules = (item: Item) =>
  item.conditions.length > 0 || item.enabledBy !== undefined || item.calculated !== undefined

function dueAfter(form: Form, changed: Iterable<string>): Item[] {
  const due = new Set<Item>()
  let any = false
  for (const linkId of changed) {
    any = true
    for (const item of form.dependents.get(linkId) ?? []) due.add(item)
    // A part is asked only with the whole.
    for (const child of form.byLinkId.get(linkId)?.items ?? []) due.add(child)
  }
  if (any) for (const item of form.wide) due.add(item)
  return [...due]
}

function runRound(round: Round, due: Iterable<Item>): Set<string> {
  const moved = new Set<string>()
  const newAnswers: [string, readonly Value[]][] = []
  const switched: [string, boolean][] = []
  for (const item of due) {
    for (const place of round.byItem.get(item) ?? []) {
      const asked = isAsked(place, round)
      if (asked !== round.enabled.has(place.key)) switched.push([place.key, asked])
      else if (!asked) continue
      const calculated = asked ? calculate(place, round) : undefined
      if (calculated) newAnswers.push([place.key, calculated])
      if (calculated || asked !== round.enabled.has(place.key)) moved.add(item.linkId)
    }
  }
  // All at once, so that no rule sees half a round.
  for (const [key, asked] of switched)
    if (asked) round.enabled.add(key)
    else round.enabled.delete(key)
  for (const [key, value] of newAnswers)
    if (value.length > 0) round.answers.set(key, value)
    else round.answers.delete(key)
  return moved
}

function isAsked(place: Place, round: Round): boolean {
  const { item } = place
  if (place.parent && !round.enabled.has(place.parent.key)) return false
  if (item.enabledBy && !round.ask().isTrue(item.enabledBy, place)) return false
  if (item.conditions.length === 0) return true
  const holds = item.conditions.map((condition) =>
    conditionHolds(condition, answersTo(condition.question, place, round)),
  )
  return item.behavior === 'all' ? holds.every(Boolean) : holds.some(Boolean)
}

/** Answers to the nearest occurrence of a question; none while it is not asked. */
function answersTo(linkId: string, here: Place, round: Round): Value[] {
  const question = round.form.byLinkId.get(linkId)
  const near = question ? (round.byItem.get(question) ?? []).filter((place) => isNear(place, here)) : []
  return near.flatMap((place) => (round.enabled.has(place.key) ? (round.answers.get(place.key) ?? []) : []))
}

/** The new calculated value of a place; undefined while it stays as it is. */
function calculate(place: Place, round: Round): readonly Value[] | undefined {
  const { item } = place
  if (!item.calculated || round.draft.edited.has(place.key)) return undefined
  const value = asAnswers(item, round.ask().list(item.calculated, place))
  return sameAnswers(value, round.answers.get(place.key) ?? []) ? undefined : value
}

/** What an expression gave, as answers of the item: one unless it repeats, whole numbers for an integer. */
export function asAnswers(item: Item, found: readonly unknown[]): Value[] {
  const values = found.flatMap((one): Value[] => {
    if (item.type === 'integer' && typeof one === 'number') return Number.isFinite(one) ? [Math.round(one)] : []
    if (item.type === 'quantity' && typeof one === 'number') return [{ value: one, ...item.units[0] }]
    if (item.type === 'string' || item.type === 'text') return isObject(one) ? [] : [String(one)]
    if (item.type === 'decimal')
      return typeof one === 'number' ? [one] : isObject(one) && typeof one['value'] === 'number' ? [one['value']] : []
    if (item.type === 'choice' || item.type === 'open-choice')
      return [settleValue(item, typeof one === 'number' && item.optionType === 'Coding' ? String(one) : (one as Value))]
    return [one as Value]
  })
  return item.repeats ? values : values.slice(0, 1)
}
