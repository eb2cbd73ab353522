import { extensionsOf, extensionValue, list, partsOf, unknownExtensions, valueOf } from './extension.ts'
import type { Questionnaire } from './fhir.ts'
import type { Form, Item, Reading } from './questionnaire.ts'
import { declaredVariables, readConstraints, readVariables } from './read-expression.ts'
import { readItems, type Reader } from './read-item.ts'
import { cyclesOf, danglingReferences, dependentsOf } from './references.ts'
import { soundCopy } from './sound.ts'
import { readScoring, type Scoring } from './scoring.ts'
import { readText } from './text.ts'
import { valueSetLookup, type ValueSet } from './value-set.ts'

const EMPTY: Questionnaire = { resourceType: 'Questionnaire', status: 'draft', item: [] }

const isQuestionnaire = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && (json as { resourceType?: unknown }).resourceType === 'Questionnaire'

/**
 * Reads a FHIR R4 (or R5) Questionnaire. Never throws on JSON: what this engine does not do is named in `unsupported`,
 * what is wrong in the file in `problems`, and the rest of the form works. `valueSets` are expansions to embed.
 */
export function read(json: unknown, options: { valueSets?: readonly ValueSet[] } = {}): Reading {
  const broken: string[] = []
  const source = isQuestionnaire(json) ? (soundCopy(json, (path) => broken.push(path)) as Questionnaire) : EMPTY
  const reader: Reader = {
    lookup: valueSetLookup(list(source.contained), options.valueSets),
    weights: new WeakMap(),
    byLinkId: new Map(),
    unsupported: broken.map((path) => ({ what: 'of an impossible shape', path })),
    problems: isQuestionnaire(json) ? [] : [{ code: 'not-a-questionnaire' }],
    toEmbed: [],
  }
  const name = (what: string) => void reader.unsupported.push({ what, path: '' })
  const items = readItems(source.item, reader, 'item')
  for (const url of unknownExtensions(source)) name(`extension ${url}`)
  const frame = {
    source,
    language: source.language ?? 'en',
    title: readText(source.title ?? source.name, source._title),
    items,
    byLinkId: reader.byLinkId,
    variables: readVariables(source, name),
    constraints: readConstraints(source, name),
    launchContext: extensionsOf(source, 'launchContext').flatMap((one) => contextName(partsOf(one).get('name')) ?? []),
    scoring: scoringOf(source, reader),
    weights: reader.weights,
  }
  const form: Form = { ...frame, ...dependentsOf(frame) }
  reader.problems.push(...danglingReferences(form, declaredIn(form)), ...cyclesOf(form))
  return { form, unsupported: reader.unsupported, problems: reader.problems, toEmbed: reader.toEmbed }
}

const contextName = (name: unknown): string | undefined =>
  typeof name === 'string' ? name : (name as { code?: string } | undefined)?.code

/** Names that may stand after `%` at an item, including those that another system's query would fill. */
function declaredIn(form: Form): (item: Item | undefined) => ReadonlySet<string> {
  const root = new Set([...form.launchContext, ...declaredVariables(form.source), ...populationNames(form.source)])
  const raw = new Map<string, string[]>()
  const visit = (items: Questionnaire['item']): void => {
    for (const one of list(items)) {
      raw.set(one.linkId, [...declaredVariables(one), ...populationNames(one)])
      visit(one.item)
    }
  }
  visit(form.source.item)
  return (item) => {
    const names = new Set(root)
    for (let one = item; one; one = one.parent) for (const each of raw.get(one.linkId) ?? []) names.add(each)
    return names
  }
}

/** SDC population gives names to contexts and queries that this engine does not run. */
const populationNames = (element: Pick<Questionnaire, 'extension'>): string[] =>
  list(element.extension)
    .filter((one) => /ItemPopulationContext|itemPopulationContext|sourceQueries/.test(String(one.url)))
    .flatMap((one) => {
      const value = valueOf(one) as { name?: string; reference?: string } | undefined
      return value?.name ?? value?.reference?.replace(/^#/, '') ?? []
    })

function scoringOf(source: Questionnaire, reader: Reader): Scoring | undefined {
  const raw = source.scoring ?? parsed(extensionValue(source, 'scoring'))
  if (raw === undefined) return undefined
  const scoring = readScoring(raw, (linkId) => reader.byLinkId.has(linkId))
  if (!Array.isArray(scoring)) return scoring
  for (const reason of scoring) reader.problems.push({ code: 'bad-scoring', reason })
  return undefined
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
