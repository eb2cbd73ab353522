import type { Compiled } from './expressions/index.ts'
import { walk, type Form, type Item, type Problem, type Variable } from './questionnaire.ts'

/** What an item's being asked and its value hang on. */
interface Needs {
  /** Whose change may change it: of a group that is walked through, all parts. */
  linkIds: Set<string>
  /** The questions it names: what it truly waits for. */
  named: Set<string>
  wide: boolean
}

type Frame = Pick<Form, 'items' | 'byLinkId' | 'variables'>

const GIVEN = new Set([
  'resource',
  'context',
  'questionnaireresponse',
  'source',
  'questionnaire',
  'qitem',
  'ucum',
  'sct',
  'loinc',
])

/** The variable that `%name` means at this item: its own, else the nearest around it, else the form's. */
export function variableAt(
  name: string,
  item: Item | undefined,
  form: Pick<Form, 'variables'>,
): { variable: Variable; at?: Item } | undefined {
  for (let one = item; one; one = one.parent) {
    const variable = one.variables.find((v) => v.name === name)
    if (variable) return { variable, at: one }
  }
  const variable = form.variables.find((v) => v.name === name)
  return variable && { variable }
}

function addReads(
  needs: Needs,
  compiled: Compiled,
  item: Item | undefined,
  form: Frame,
  seen = new Set<Variable>(),
): void {
  if (compiled.reads.wide) needs.wide = true
  for (const linkId of compiled.reads.linkIds) {
    const target = form.byLinkId.get(linkId)
    if (!target) continue
    for (const one of walk([target])) needs.linkIds.add(one.linkId)
    if (target.type !== 'group') needs.named.add(linkId)
  }
  for (const name of compiled.reads.variables) {
    const found = variableAt(name, item, form)
    if (!found || seen.has(found.variable)) continue
    seen.add(found.variable)
    addReads(needs, found.variable.expression, found.at, form, seen)
  }
}

const liveExpressions = (item: Item) => [item.enabledBy, item.calculated].filter((one) => one !== undefined)

function needsOf(item: Item, form: Frame): Needs {
  const questions = item.conditions.map((one) => one.question)
  const needs: Needs = { linkIds: new Set(questions), named: new Set(questions), wide: false }
  for (const compiled of liveExpressions(item)) addReads(needs, compiled, item, form)
  return needs
}

/** Turns needs round: whom to look at again when an item changes. */
export function dependentsOf(form: Frame): Pick<Form, 'dependents' | 'wide'> {
  const dependents = new Map<string, Item[]>()
  const wide: Item[] = []
  for (const item of walk(form.items)) {
    const needs = needsOf(item, form)
    if (needs.wide) wide.push(item)
    for (const linkId of needs.linkIds) {
      const waiting = dependents.get(linkId)
      if (waiting) waiting.push(item)
      else dependents.set(linkId, [item])
    }
  }
  return { dependents, wide }
}

/** Names that lead nowhere: a condition on no question, a variable nobody declared. */
export function danglingReferences(form: Frame, declared: (item: Item | undefined) => ReadonlySet<string>): Problem[] {
  const problems: Problem[] = []
  for (const item of walk(form.items)) {
    for (const { question } of item.conditions)
      if (!form.byLinkId.has(question)) problems.push({ code: 'unknown-question', linkId: item.linkId, question })
    const compiled = [...liveExpressions(item), item.initialBy, item.optionsBy, item.textBy]
    const names = new Set(compiled.flatMap((one) => (one ? [...one.reads.variables] : [])))
    for (const variable of names) {
      if (GIVEN.has(variable) || declared(item).has(variable)) continue
      problems.push({ code: 'unknown-variable', linkId: item.linkId, variable })
    }
  }
  return problems
}

/**
 * Circles in which items wait for each other, each once with its path. A group waits for nothing of its parts, but its
 * parts wait for it: a group that asks one of its own questions whether it is asked never opens. Expressions over
 * "all answers" are left out here; if they circle, `state.unsettled` names them.
 */
export function cyclesOf(form: Frame): Problem[] {
  const edges = new Map<string, string[]>()
  for (const item of walk(form.items)) {
    const needs = [...needsOf(item, form).named].filter((linkId) => form.byLinkId.has(linkId))
    edges.set(item.linkId, item.parent ? [...needs, item.parent.linkId] : needs)
  }
  const done = new Set<string>()
  const found: Problem[] = []
  const path: string[] = []
  const visit = (linkId: string): void => {
    const start = path.indexOf(linkId)
    if (start >= 0) return void found.push({ code: 'cycle', linkIds: path.slice(start) })
    if (done.has(linkId)) return
    path.push(linkId)
    for (const next of edges.get(linkId) ?? []) visit(next)
    path.pop()
    done.add(linkId)
  }
  for (const linkId of edges.keys()) visit(linkId)
  return found
}
