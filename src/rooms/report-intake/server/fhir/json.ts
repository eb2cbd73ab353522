/** Looks into JSON whose shape nobody vouches for: each returns an empty thing where another was expected. */
export type JsonObject = { readonly [key: string]: unknown }

const NOTHING: JsonObject = Object.freeze({})

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : NOTHING
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function objectsOf(value: unknown): JsonObject[] {
  return listOf(value).map(objectOf)
}

/** A string, trimmed; numbers and booleans as they are written. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

export function isEmpty(value: JsonObject): boolean {
  for (const _ in value) return false
  return true
}
