import { createHash } from 'node:crypto'

/** A short fingerprint of a definition, whatever the order of its keys: the database keeps another one. */
export function digestOf(definition: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(definition)))
    .digest('hex')
    .slice(0, 32)
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, ordered(part)]),
  )
}
