import { z } from 'zod'
import { id, PROXY_SCOPES, type ProxyScope } from '../../../platform/contract/index.ts'

export const relativeId = id('relative')
export type RelativeId = z.output<typeof relativeId>

/** What the relative is to the patient. */
export const RELATIONS = ['spouse', 'child', 'parent', 'sibling', 'grandchild', 'other-family', 'carer'] as const
export type Relation = (typeof RELATIONS)[number]

/** `invited`: has the link and has not confirmed yet; `lapsed`: never did; `expired`: the agreed time is over. */
export const RELATIVE_STATES = ['invited', 'active', 'ended', 'lapsed', 'expired'] as const
export type RelativeState = (typeof RELATIVE_STATES)[number]

/** `own-age`: a guardian had let them in, and the child has turned 14. */
export const ENDED_BECAUSE = ['patient', 'staff', 'relative', 'anew', 'died', 'merged', 'own-age'] as const
export type EndedBecause = (typeof ENDED_BECAUSE)[number]

/** How staff came to know that the patient wants it. */
export const WORD_KINDS = ['in-person', 'phone', 'paper'] as const
export type WordKind = (typeof WORD_KINDS)[number]

/**
 * Who asks or books looks at the reports that it is about: these go with looking, never without. `place`: who is reminded
 * sees on the pages where it is; without being reminded there is nothing of it to see.
 */
export const scopes = z
  .array(z.enum(PROXY_SCOPES))
  .min(1)
  .max(PROXY_SCOPES.length)
  .transform((all) => {
    const may = (scope: ProxyScope) =>
      scope === 'view' || (all.includes(scope) && (scope !== 'place' || all.includes('remind')))
    return PROXY_SCOPES.filter(may)
  })

/** At most so long; a year where nothing else is said. */
export const MONTHS = [3, 6, 12, 24] as const
export const months = z.union(MONTHS.map((one) => z.literal(one)))

/** So long before a child turns 14 everybody whom it concerns is told that what a guardian has agreed to ends that day. */
export const TOLD_DAYS = 30
