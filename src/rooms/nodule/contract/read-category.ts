import type { Organ, System } from './words.ts'

export interface FoundCategory {
  /** Null where the report names the category without saying whose: "TI-RADS 4" is several things. */
  system: System | null
  category: string
  /** The words as they stand in the report. */
  raw: string
}

const PATTERNS: { pattern: RegExp; system: System | null; organ: Organ }[] = [
  { pattern: /BI-?\s?RADS(?:-?\s?US)?[^0-6a-z]{0,8}([0-6](?:[abc])?)/giu, system: 'bi-rads', organ: 'breast' },
  { pattern: /(?<![A-Z])C-?TI-?\s?RADS[^0-9a-z]{0,8}([2-6](?:[abc])?)/giu, system: 'c-tirads', organ: 'thyroid' },
  { pattern: /ACR\s?TI-?\s?RADS[^0-9a-z]{0,8}(?:TR)?([1-5])/giu, system: 'acr-tirads', organ: 'thyroid' },
  {
    pattern: /(?<!ACR\s?|C-?|K-?|Kwak\s?)TI-?\s?RADS[^0-9a-z]{0,8}(?:TR)?([1-6](?:[abc])?)/giu,
    system: null,
    organ: 'thyroid',
  },
  { pattern: /(?:Kwak|K-)\s?TI-?\s?RADS[^0-9a-z]{0,8}([1-6](?:[abc])?)/giu, system: null, organ: 'thyroid' },
  { pattern: /C-?\s?Lung-?\s?RADS[^0-9a-z]{0,8}([0-4])/giu, system: 'c-lung-rads', organ: 'lung' },
  {
    pattern: /(?<!C-?\s?)Lung-?\s?RADS(?:\s?(?:v?2022|1\.1))?[^0-9a-z]{0,8}([0-4](?:[abx])?)(?!\d)/giu,
    system: 'lung-rads-2022',
    organ: 'lung',
  },
]

/** The categories that the words of a report name, each with the words themselves; nothing is guessed from a bare number. */
export function readCategories(text: string, organ: Organ): FoundCategory[] {
  return PATTERNS.filter((one) => one.organ === organ)
    .flatMap(({ pattern, system }) =>
      [...text.matchAll(pattern)].map((found) => ({
        at: found.index,
        system,
        category: `${system === 'acr-tirads' ? 'TR' : ''}${found[1]!.toUpperCase()}`,
        raw: found[0],
      })),
    )
    .toSorted((a, b) => a.at - b.at)
    .map(({ at: _at, ...found }) => found)
}
