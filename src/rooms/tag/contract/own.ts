import { z } from 'zod'
import { bilingual, calendarDate, endpoint } from '../../../platform/contract/index.ts'
import { tagCode } from './rule.ts'

const ofTag = z.object({ tagCode })

/** One ground of what is recommended to the person, in words for them; the names of tags are for staff. */
export const ownGround = z.object({
  code: tagCode,
  /** Null: a tag of this organization's own, for which nobody has written words for patients. */
  words: z.object({ name: bilingual, why: bilingual }).nullable(),
  /** Null: it does not stand at the moment. */
  since: calendarDate.nullable(),
  until: calendarDate.nullable(),
  /** Since when nothing is recommended by it, as the person wishes. */
  refusedOn: calendarDate.nullable(),
})
export type OwnGround = z.output<typeof ownGround>

export const listOwnGrounds = endpoint({
  name: 'tag.ownGrounds',
  method: 'GET',
  path: '/my/recommended-by',
  summary: 'What recommendations to the person rest on, why and until when, and what they have taken out of it',
  gate: { permission: 'patient', audit: { action: 'my.recommended-by' } },
  output: z.object({ rows: z.array(ownGround) }),
})

export const refuseOwnGround = endpoint({
  name: 'tag.refuseOwn',
  method: 'POST',
  path: '/my/recommended-by/:tagCode/refusal',
  summary: 'Recommend nothing by this any more, at once; care goes on (算法推荐管理规定 第十七条)',
  gate: { permission: 'patient', audit: { action: 'my.refuse-ground' } },
  params: ofTag,
  output: z.object({ refused: z.boolean() }),
  problems: ['TagNotStanding'],
})

export const allowOwnGround = endpoint({
  name: 'tag.allowOwn',
  method: 'DELETE',
  path: '/my/recommended-by/:tagCode/refusal',
  summary: 'It may be used again',
  gate: { permission: 'patient', audit: { action: 'my.allow-ground' } },
  params: ofTag,
  output: z.object({ allowed: z.boolean() }),
})
