import words from '../../content/import-words.json' with { type: 'json' }
import { IMPORT_FIELDS, type ImportField, type ImportMapping } from '../../contract/import.ts'
import type { Cell } from './source.ts'

/** Among so many rows the header is looked for: a title often stands above it. */
export const HEADER_WITHIN = 10

/** A header in the form it is compared in: 「*手机号码 (必填)」 is 手机号码. */
function foldHeader(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[（(【[].*?[)）】\]]/g, '')
    .replace(/[*:：_\s]+/g, ' ')
    .trim()
}

const FIELD_OF = new Map(
  Object.entries(words.headers).flatMap(([field, headers]) =>
    headers.map((header) => [header, field as ImportField] as const),
  ),
)

/** Which row of the first few is the header: the first with a cell that is called like a name, otherwise the first. */
export function findHeader(rows: readonly (readonly Cell[])[]): number {
  const named = rows.findIndex((cells) => cells.some((cell) => FIELD_OF.get(foldHeader(String(cell ?? ''))) === 'name'))
  return named === -1 ? 0 : named
}

/** Which field each column means, by its header; what was saved for a header goes before what is known of it. */
export function proposeMapping(
  columns: readonly string[],
  saved: Readonly<Record<string, ImportField>> = {},
): ImportMapping {
  const mapping: ImportMapping = {}
  for (const [index, column] of columns.entries()) {
    const field = saved[column] ?? FIELD_OF.get(foldHeader(column)) ?? fieldByPart(foldHeader(column))
    if (field && mapping[field] === undefined) mapping[field] = index
  }
  return mapping
}

/** 「联系人手机号码」 is a phone although nobody listed it: the longest known header that it ends with. */
function fieldByPart(header: string): ImportField | undefined {
  const known = [...FIELD_OF.keys()]
    .filter((one) => one.length >= 2 && header.endsWith(one))
    .toSorted((a, b) => b.length - a.length)[0]
  return known ? FIELD_OF.get(known) : undefined
}

/** The mapping as it is saved: by header, so that it fits a file with other columns too. */
export function toSaved(mapping: ImportMapping, columns: readonly string[]): Record<string, ImportField> {
  return Object.fromEntries(
    IMPORT_FIELDS.flatMap((field) => (mapping[field] === undefined ? [] : [[columns[mapping[field]] ?? '', field]])),
  )
}

type Vocabulary = 'sex' | 'level' | 'source' | 'relation'

/** The code of a word in the file; undefined when nobody knows it. */
export function codeOf(vocabulary: Vocabulary, text: string): string | undefined {
  const folded = text.normalize('NFKC').trim().toLowerCase()
  return Object.entries(words[vocabulary] as Record<string, string[]>).find(
    ([code, known]) => code === folded || known.includes(folded),
  )?.[0]
}

/** The words that are understood, for the reason of a refusal. */
export function knownWords(vocabulary: Vocabulary): string {
  return Object.values(words[vocabulary] as Record<string, string[]>)
    .map((known) => known[0])
    .join('、')
}
