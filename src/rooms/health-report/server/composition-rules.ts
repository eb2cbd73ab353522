import { createHash } from 'node:crypto'
import type { FactSection } from './content/facts.ts'

/** The part of a signature that stands for the whole report. */
export const CHIEF = 'chief'

export interface StandingSignature {
  part: string
  content_hash: string
  by_id: string
  by_name: string
  by_title: string
  at: Date
}

export interface PartFacts {
  key: string
  title: string
  hash: string
  abnormal: number
}

/** What lists show of a part without looking into the record. */
export interface KeptPart extends PartFacts {
  signed: boolean
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

/** Parts of a report with a digest of what each says, by which a signature is bound to its content. */
export function partsOf(sections: readonly FactSection[]): PartFacts[] {
  return sections.map((section) => ({
    key: section.key,
    title: section.title,
    hash: hashOf(section),
    abnormal: section.items.filter((item) => item.flag !== '').length,
  }))
}

/** The newest act on each part, where it is a signature. Rows in the order of their numbers. */
export function standingSignatures<S extends StandingSignature & { act: 'signed' | 'taken-back' }>(
  rows: readonly S[],
): Map<string, S> {
  const standing = new Map<string, S>()
  for (const row of rows) {
    if (row.act === 'signed') standing.set(row.part, row)
    else standing.delete(row.part)
  }
  return standing
}

/** A signature counts for what it was given to: a part that says something else since is unsigned. */
export function keptParts(parts: readonly PartFacts[], standing: ReadonlyMap<string, StandingSignature>): KeptPart[] {
  return parts.map((part) => ({ ...part, signed: standing.get(part.key)?.content_hash === part.hash }))
}

/** A report waits for its parts, then for the chief examiner. */
export function openState(parts: readonly KeptPart[]): 'draft' | 'signed' {
  return parts.every(({ signed }) => signed) ? 'signed' : 'draft'
}

/** What the chief examiner signs, as one digest. */
export function wholeHash(parts: readonly PartFacts[], conclusions: unknown, notDone: unknown): string {
  return hashOf([parts.map(({ key, hash }) => [key, hash]), conclusions, notDone])
}
