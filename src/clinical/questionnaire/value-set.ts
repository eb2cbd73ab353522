import { list } from './extension.ts'
import type { Coding } from './fhir.ts'

interface Concept {
  system?: string
  code?: string
  display?: string
  contains?: Concept[]
  abstract?: boolean
}

interface Include {
  system?: string
  concept?: Concept[]
  valueSet?: string[]
  filter?: unknown[]
}

export interface ValueSet {
  resourceType: 'ValueSet'
  id?: string
  url?: string
  expansion?: { contains?: Concept[] }
  compose?: { include?: Include[]; exclude?: Include[] }
}

export type Lookup = (reference: string) => ValueSet | undefined

const isValueSet = (value: unknown): value is ValueSet =>
  typeof value === 'object' && value !== null && (value as { resourceType?: string }).resourceType === 'ValueSet'

/** Finds value sets inside the file (`#id`) and those handed in, by address without its version. */
export function valueSetLookup(contained: readonly unknown[], given: readonly ValueSet[] = []): Lookup {
  const byName = new Map<string, ValueSet>()
  for (const one of given) if (one.url) byName.set(one.url, one)
  for (const one of contained.filter(isValueSet)) {
    if (one.id) byName.set(`#${one.id}`, one)
    if (one.url) byName.set(one.url, one)
  }
  return (reference) => byName.get(reference) ?? byName.get(reference.split('|')[0]!)
}

/**
 * The codings of a value set; undefined when a part of it lies elsewhere (a whole code system, a filter, another set),
 * for a hospital network has no terminology server to ask.
 */
export function expand(set: ValueSet, lookup: Lookup, depth = 0): Coding[] | undefined {
  if (set.expansion?.contains) return flat(set.expansion.contains)
  if (depth > 5) return undefined
  const included: Coding[] = []
  for (const include of list(set.compose?.include)) {
    const codings = codingsOf(include, lookup, depth)
    if (!codings) return undefined
    included.push(...codings)
  }
  const excluded: Coding[] = []
  for (const exclude of list(set.compose?.exclude)) {
    const codings = codingsOf(exclude, lookup, depth)
    if (!codings) return undefined
    excluded.push(...codings)
  }
  return included.filter((one) => !excluded.some((other) => other.code === one.code && other.system === one.system))
}

function codingsOf(include: Include, lookup: Lookup, depth: number): Coding[] | undefined {
  if (list(include.filter).length > 0) return undefined
  if (include.concept) return include.concept.map((concept) => coding({ ...concept, system: include.system }))
  if (include.system) return undefined
  const found: Coding[] = []
  for (const reference of list(include.valueSet)) {
    const set = lookup(reference)
    const codings = set && expand(set, lookup, depth + 1)
    if (!codings) return undefined
    found.push(...codings)
  }
  return found
}

const flat = (concepts: Concept[]): Coding[] =>
  concepts.flatMap((one) => [...(one.abstract || !one.code ? [] : [coding(one)]), ...flat(list(one.contains))])

/** Keeps the extensions of the concept: a weight may stand there. */
function coding({ contains: _contains, abstract: _abstract, ...rest }: Concept): Coding {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Coding
}
