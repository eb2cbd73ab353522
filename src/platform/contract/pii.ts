import { z } from 'zod'

/** Kinds of personal data; the kind decides how a value is masked, whether it is encrypted, and its level in exports. */
export type PiiKind = 'name' | 'phone' | 'national-id' | 'address' | 'email' | 'birth-date' | 'health' | 'free-text'

const registry = z.registry<{ pii: PiiKind }>()

/**
 * Marks a zod field as personal data: `phone: pii('phone', z.string())`.
 * The mark drives masking of logs and exports; it survives `.optional()` and `.nullable()` put around it.
 */
export function pii<T extends z.ZodType>(kind: PiiKind, schema: T): T {
  registry.add(schema, { pii: kind })
  return schema
}

/** The kind of a marked schema, looking through optional, nullable and default wrappers. */
export function piiKindOf(schema: z.ZodType): PiiKind | undefined {
  const own = registry.get(schema)
  if (own) return own.pii
  const inner = (schema as { _zod?: { def?: { innerType?: z.ZodType } } })._zod?.def?.innerType
  return inner ? piiKindOf(inner) : undefined
}
