import type { QuestionnaireResponse, ResponseItem, Value } from '../fhir.ts'
import type { Form, Item } from '../questionnaire.ts'
import { copiesAtFirst, keyOf } from './layout.ts'
import { valueKey } from './value.ts'

/** The part of a state that a response is made from. */
export interface Filled {
  form: Form
  counts: ReadonlyMap<string, number>
  answers: ReadonlyMap<string, readonly Value[]>
  enabled: ReadonlySet<string>
}

export interface Tree {
  response: QuestionnaireResponse
  /** The response item of each place that has one. */
  nodes: ReadonlyMap<string, ResponseItem>
}

/** A time of day has seconds in FHIR; people and their browsers give hours and minutes. */
const inFhir = ({ type }: Item, value: Value): Value =>
  type === 'time' && typeof value === 'string' && /^\d\d:\d\d$/.test(value) ? `${value}:00` : value

/** Builds the response: what is not asked and what is empty leaves no trace in it. */
export function buildTree(filled: Filled): Tree {
  const nodes = new Map<string, ResponseItem>()
  const itemsOf = (items: readonly Item[], copies: readonly number[]): ResponseItem[] => {
    const made: ResponseItem[] = []
    const add = (one: ResponseItem | undefined) => {
      if (one) made.push(one)
    }
    for (const item of items) {
      if (item.type === 'display') continue
      if (item.type !== 'group' || !item.repeats) {
        add(node(item, copies))
        continue
      }
      const count = filled.counts.get(keyOf(item.linkId, copies)) ?? copiesAtFirst(item)
      for (let n = 0; n < count; n++) add(node(item, [...copies, n]))
    }
    return made
  }
  const node = (item: Item, copies: readonly number[]): ResponseItem | undefined => {
    const key = keyOf(item.linkId, copies)
    if (!filled.enabled.has(key)) return undefined
    const answers = item.type === 'group' ? [] : (filled.answers.get(key) ?? [])
    const below = item.items.length > 0 ? itemsOf(item.items, copies) : []
    if (answers.length === 0 && below.length === 0) return undefined
    const made: ResponseItem = { linkId: item.linkId }
    if (item.text.text) made.text = item.text.text
    if (answers.length > 0) made.answer = answers.map((value) => ({ [valueKey(item, value)]: inFhir(item, value) }))
    if (below.length > 0) {
      // R4 hangs questions below a question on its answer, and on the item itself only while it has none.
      if (made.answer) made.answer[0]!.item = below
      else made.item = below
    }
    nodes.set(key, made)
    return made
  }
  const item = itemsOf(filled.form.items, [])
  return { response: { resourceType: 'QuestionnaireResponse', status: 'in-progress', item }, nodes }
}
