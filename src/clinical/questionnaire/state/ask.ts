import { truth, type Collection, type Compiled, type Scope } from '../expressions/index.ts'
import type { Form, Variable } from '../questionnaire.ts'
import { variableAt } from '../references.ts'
import type { Place } from './layout.ts'
import type { Known } from './state.ts'
import { buildTree, type Filled, type Tree } from './tree.ts'

/** Runs expressions over one tree; variables are computed when first asked for, once per place. */
export interface Asker {
  list(compiled: Compiled, at?: Place): Collection
  isTrue(compiled: Compiled, at?: Place): boolean
}

const BUSY = Symbol('being computed')

export function asker(form: Form, known: Known, tree: Tree): Asker {
  const cache = new Map<Variable, Map<string, Collection | typeof BUSY>>()

  const focusOf = (place: Place | undefined): Collection =>
    place ? [tree.nodes.get(place.key) ?? { linkId: place.item.linkId }] : [tree.response]

  function computed(variable: Variable, at: Place | undefined): Collection {
    const byPlace = cache.get(variable) ?? new Map<string, Collection | typeof BUSY>()
    cache.set(variable, byPlace)
    const key = at?.key ?? ''
    const found = byPlace.get(key)
    // A variable that needs itself has no value.
    if (found !== undefined) return found === BUSY ? [] : found
    byPlace.set(key, BUSY)
    const value = variable.expression.run(focusOf(at), scopeAt(at))
    byPlace.set(key, value)
    return value
  }

  function scopeAt(at: Place | undefined): Scope {
    return {
      today: known.today,
      now: known.now ?? `${known.today}T00:00:00Z`,
      weight: (value) => weightOf(form, value),
      variable(name) {
        switch (name) {
          case 'resource':
          case 'questionnaireresponse':
          case 'source':
            return [tree.response]
          case 'context':
            return focusOf(at)
          case 'questionnaire':
            return [form.source]
        }
        const found = variableAt(name, at?.item, form)
        if (found) return computed(found.variable, found.at && ancestor(at, found.at.linkId))
        const given = known.context?.[name]
        return given === undefined || given === null ? undefined : Array.isArray(given) ? given : [given]
      },
    }
  }

  const list = (compiled: Compiled, at?: Place) => compiled.run(focusOf(at), scopeAt(at))
  return { list, isTrue: (compiled, at) => truth(list(compiled, at)) === true }
}

const kept = new WeakMap<object, Asker>()

/** The asker of a finished state, made when a page first wants it. */
export function askerOf(state: Filled & { known: Known }): Asker {
  let found = kept.get(state)
  if (!found) kept.set(state, (found = asker(state.form, state.known, buildTree(state))))
  return found
}

function ancestor(place: Place | undefined, linkId: string): Place | undefined {
  let one = place
  while (one && one.item.linkId !== linkId) one = one.parent
  return one
}

/** Points of a coding or of an answer that holds one. */
export function weightOf(form: Form, value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const coding = 'valueCoding' in value ? value.valueCoding : value
  return typeof coding === 'object' && coding !== null ? form.weights.get(coding) : undefined
}
