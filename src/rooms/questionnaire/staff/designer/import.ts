import { read, type Questionnaire, type Reading, type ValueSet } from '../../../../clinical/questionnaire/index.ts'
import { lifted } from './draft.ts'

/** What a file or pasted text holds. */
export interface Found {
  questionnaires: Questionnaire[]
  valueSets: ValueSet[]
  /** Of other kinds: named, so that nobody wonders where they went. */
  others: string[]
}

/** Reads JSON: a Questionnaire, a ValueSet, a Bundle of them, a list, or one resource a line. @returns undefined when it is no JSON */
export function readFile(text: string): Found | undefined {
  const found: Found = { questionnaires: [], valueSets: [], others: [] }
  const values = parsed(text)
  if (!values) return undefined
  for (const value of values) take(value, found)
  return found
}

function parsed(text: string): unknown[] | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return undefined
  try {
    return [JSON.parse(trimmed)]
  } catch {
    try {
      return trimmed
        .split(/\r?\n/)
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line))
    } catch {
      return undefined
    }
  }
}

function take(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const one of value) take(one, found)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const { resourceType, entry } = value as { resourceType?: unknown; entry?: unknown }
  if (resourceType === 'Questionnaire') found.questionnaires.push(lifted(value as Questionnaire))
  else if (resourceType === 'ValueSet') found.valueSets.push(value as ValueSet)
  else if (resourceType === 'Bundle')
    take(Array.isArray(entry) ? entry.map((one: { resource?: unknown }) => one?.resource) : [], found)
  else found.others.push(typeof resourceType === 'string' ? resourceType : '?')
}

export const readingOf = (definition: Questionnaire): Reading => read(definition)

/** A code of ours for a questionnaire from elsewhere: from its name, its address or its id. */
export function codeFor({ name, url, id }: Questionnaire): string {
  const given =
    [
      name,
      url
        ?.split('/')
        .at(-1)
        ?.split('|')[0]
        ?.replace(/^urn:.*:/, ''),
      id,
    ].find((one) => typeof one === 'string' && /[a-z0-9]/i.test(one)) ?? ''
  return given
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 58)
}
