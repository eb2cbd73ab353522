import { list } from './extension.ts'
import type { Coding, Questionnaire, QuestionnaireItem } from './fhir.ts'
import { expand, valueSetLookup, type ValueSet } from './value-set.ts'

/**
 * The questionnaire with the value sets it names embedded, so that it needs no terminology server any more. A set that
 * is not among those given, or cannot be listed, stays as it is; `read` names it in `toEmbed`.
 */
export function embedValueSets(source: Questionnaire, given: readonly ValueSet[]): Questionnaire {
  const contained = [...list(source.contained)]
  const lookup = valueSetLookup(contained, given)
  const ids = new Map<string, string>()
  const taken = new Set(contained.map((one) => (one as { id?: string }).id))

  function embed(reference: string): string {
    if (reference.startsWith('#')) return reference
    const known = ids.get(reference)
    if (known) return known
    const set = lookup(reference)
    const contains = set && expand(set, lookup)
    if (!contains) return reference
    const id = freeId(taken)
    contained.push(asResource(id, reference, contains))
    ids.set(reference, `#${id}`)
    return `#${id}`
  }

  const items = (raw: QuestionnaireItem[] | undefined): QuestionnaireItem[] =>
    list(raw).map((one) => ({
      ...one,
      ...(typeof one.answerValueSet === 'string' ? { answerValueSet: embed(one.answerValueSet) } : {}),
      ...(one.item ? { item: items(one.item) } : {}),
    }))

  const item = items(source.item)
  return ids.size === 0 ? source : { ...source, contained, item }
}

function freeId(taken: Set<string | undefined>): string {
  let n = 1
  while (taken.has(`value-set-${n}`)) n++
  taken.add(`value-set-${n}`)
  return `value-set-${n}`
}

function asResource(id: string, reference: string, contains: readonly Coding[]) {
  const [url, version] = reference.split('|')
  return {
    resourceType: 'ValueSet',
    id,
    url,
    ...(version ? { version } : {}),
    status: 'active',
    expansion: { contains },
  }
}
