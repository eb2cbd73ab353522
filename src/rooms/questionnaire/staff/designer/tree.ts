import type { Questionnaire, QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { everyItem, findItem, freeLinkId, itemsOf, linkIdsOf } from './draft.ts'

/** Where an item goes: beside another, as the last of a group, or at the very end. */
export type Where = { before: string } | { after: string } | { into: string } | 'end'

type Items = readonly QuestionnaireItem[]

function without(items: Items, linkId: string): QuestionnaireItem[] {
  return items
    .filter((item) => item.linkId !== linkId)
    .map((item) => (holds(item, linkId) ? { ...item, item: without(itemsOf(item), linkId) } : item))
}

const holds = (item: QuestionnaireItem, linkId: string): boolean => {
  for (const one of everyItem(itemsOf(item))) if (one.linkId === linkId) return true
  return false
}

function placed(items: Items, item: QuestionnaireItem, where: Exclude<Where, 'end'>): QuestionnaireItem[] {
  return items.flatMap((one) => {
    if ('before' in where && one.linkId === where.before) return [item, one]
    if ('after' in where && one.linkId === where.after) return [one, item]
    if ('into' in where && one.linkId === where.into) return [{ ...one, item: [...itemsOf(one), item] }]
    const aim = 'before' in where ? where.before : 'after' in where ? where.after : where.into
    return [holds(one, aim) ? { ...one, item: placed(itemsOf(one), item, where) } : one]
  })
}

export function insertItem(definition: Questionnaire, item: QuestionnaireItem, where: Where): Questionnaire {
  const items = itemsOf(definition)
  return { ...definition, item: where === 'end' ? [...items, item] : placed(items, item, where) }
}

export const removeItem = (definition: Questionnaire, linkId: string): Questionnaire => ({
  ...definition,
  item: without(itemsOf(definition), linkId),
})

/** The definition itself where the move makes no sense: into itself, into a question, to where it stands. */
export function moveItem(definition: Questionnaire, linkId: string, where: Where): Questionnaire {
  const item = findItem(definition, linkId)
  if (!item) return definition
  if (where !== 'end') {
    const aim = 'before' in where ? where.before : 'after' in where ? where.after : where.into
    if (aim === linkId || holds(item, aim)) return definition
    if ('into' in where && findItem(definition, aim)?.type !== 'group') return definition
  }
  const moved = insertItem(removeItem(definition, linkId), item, where)
  return order(moved) === order(definition) ? definition : moved
}

/** Order and depth, to see whether anything moved. */
const order = (definition: Questionnaire): string =>
  JSON.stringify(itemsOf(definition), (key, value: unknown) =>
    key === '' || key === 'item' || key === 'linkId' || /^\d+$/.test(key) ? value : undefined,
  )

interface Neighbours {
  parent?: QuestionnaireItem
  before?: QuestionnaireItem
  after?: QuestionnaireItem
}

export function neighboursOf(items: Items, linkId: string, parent?: QuestionnaireItem): Neighbours | undefined {
  const at = items.findIndex((item) => item.linkId === linkId)
  if (at >= 0) return { parent, before: items[at - 1], after: items[at + 1] }
  for (const item of items) {
    const found = neighboursOf(itemsOf(item), linkId, item)
    if (found) return found
  }
  return undefined
}

export type Step = 'up' | 'down' | 'in' | 'out'

/** What a step of the keyboard means: up and down among its neighbours, in to the group before it, out of its group. */
export function stepTarget(definition: Questionnaire, linkId: string, step: Step): Where | undefined {
  const { parent, before, after } = neighboursOf(itemsOf(definition), linkId) ?? {}
  switch (step) {
    case 'up':
      return before && { before: before.linkId }
    case 'down':
      return after && { after: after.linkId }
    case 'in':
      return before?.type === 'group' ? { into: before.linkId } : undefined
    case 'out':
      return parent && { after: parent.linkId }
  }
}

export function stepItem(definition: Questionnaire, linkId: string, step: Step): Questionnaire {
  const where = stepTarget(definition, linkId, step)
  return where ? moveItem(definition, linkId, where) : definition
}

/** A copy right below, with ids of its own; conditions within it speak of the copy. */
export function duplicateItem(
  definition: Questionnaire,
  linkId: string,
): { definition: Questionnaire; linkId: string } {
  const item = findItem(definition, linkId)
  if (!item) return { definition, linkId }
  const taken = linkIdsOf(definition)
  const ids = new Map<string, string>()
  for (const one of [item, ...everyItem(itemsOf(item))]) {
    const id = freeLinkId(taken)
    taken.add(id)
    ids.set(one.linkId, id)
  }
  const copied = (one: QuestionnaireItem): QuestionnaireItem => ({
    ...one,
    linkId: ids.get(one.linkId)!,
    ...(one.enableWhen
      ? { enableWhen: one.enableWhen.map((when) => ({ ...when, question: ids.get(when.question) ?? when.question })) }
      : {}),
    ...(one.item ? { item: one.item.map(copied) } : {}),
  })
  const copy = copied(item)
  return { definition: insertItem(definition, copy, { after: linkId }), linkId: copy.linkId }
}
