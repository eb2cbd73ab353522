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

/** Builds the response: what is not asked and what is empty leaves no trace in it. */
export function buildTree(filled: Filled): Tree {
  const nodes = new Map<string, ResponseItem>()
  const itemsOf = (items: readonly Item[], copies: readonly number[]): ResponseItem[] =>
    items.flatMap((item) => {
      if (item.type === 'display') return []
      if (item.type !== 'group' || !item.repeats) return node(item, copies)
      const count = filled.counts.get(keyOf(item.linkId, copies)) ?? copiesAtFirst(item)
      return Array.from({ length: count }, (_, n) => node(item, [...copies, n])).flat()
    })
  const node = (item: Item, copies: readonly number[]): ResponseItem[] => {
    const key = keyOf(item.linkId, copies)
    if (!filled.enabled.has(key)) return []
    const answers = item.type === 'group' ? [] : (filled.answers.get(key) ?? [])
    const below = item.items.length > 0 ? itemsOf(item.items, copies) : []
    if (answers.length === 0 && below.length === 0) return []
    const made: ResponseItem = { linkId: item.linkId }
    if (item.text.text) made.text = item.text.text
    if (answers.length > 0) made.answer = answers.map((value) => ({ [valueKey(item, value)]: value }))
    if (below.length > 0) {
      // R4 hangs questions below a question on its answer, and on the item itself only while it has none.
      if (made.answer) made.answer[0]!.item = below
      else made.item = below
    }
    nodes.set(key, made)
    return [made]
  }
  const item = itemsOf(filled.form.items, [])
  return { response: { resourceType: 'QuestionnaireResponse', status: 'in-progress', item }, nodes }
}
