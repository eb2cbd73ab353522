import { z } from 'zod'

/**
 * What can be wrong with the chain:
 * `changed` an entry or its link does not fit the hash; `missing-entry` a link whose entry is gone; `missing-link`
 * a gap in the sequence; `unlinked` an entry older than a minute that no link holds; `end-forged` the chain's end does
 * not carry the signature of the house; `end-cut` the chain ends before the signed end, or goes on after it.
 */
export const faultKind = z.enum(['changed', 'missing-entry', 'missing-link', 'unlinked', 'end-forged', 'end-cut'])
export type FaultKind = z.output<typeof faultKind>

export const chainFault = z.object({
  kind: faultKind,
  /** The place in the chain; null where the entry never had one. */
  sequence: z.number().int().nullable(),
  entryId: z.string().nullable(),
})
export type ChainFault = z.output<typeof chainFault>

export const verdict = z.object({
  isWhole: z.boolean(),
  /** How many links were recomputed. */
  links: z.number().int(),
  /** The first faults, in the order they were found. */
  faults: z.array(chainFault),
  /** The end of the chain, to be noted down elsewhere and compared later; null while the chain is empty. */
  end: z.object({ sequence: z.number().int(), hash: z.string() }).nullable(),
})
export type Verdict = z.output<typeof verdict>
