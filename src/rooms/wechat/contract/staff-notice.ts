import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'

/** What staff are told in WeCom: the digest of the afternoon, a reminder they set, an urgent task, an important result. */
export const STAFF_TOPICS = ['digest', 'reminder', 'urgent-task', 'alert'] as const
export const staffTopic = z.enum(STAFF_TOPICS)
export type StaffTopic = z.infer<typeof staffTopic>

export const ownWeCom = z.object({
  /** Whether the organization has WeCom at all. */
  configured: z.boolean(),
  /** One's own user id there, as an administrator has entered it; null: nobody has. */
  userId: z.string().nullable(),
  /** Why the last message did not arrive, as WeCom's code. */
  refused: z.string().nullable(),
  /** What comes by WeCom. */
  topics: z.array(staffTopic),
})
export type OwnWeCom = z.infer<typeof ownWeCom>

export const readOwnWeCom = endpoint({
  name: 'wechat.ownWeCom',
  method: 'GET',
  path: '/me/wecom',
  summary: 'What one is oneself told in WeCom',
  gate: { permission: 'signed-in', audit: { none: "one's own wishes; says nothing of a patient" } },
  output: ownWeCom,
})

export const chooseOwnWeCom = endpoint({
  name: 'wechat.chooseOwnWeCom',
  method: 'PUT',
  path: '/me/wecom',
  summary: 'Choose what one is told in WeCom; all of it stands in the bell and on the desk in any case',
  gate: { permission: 'signed-in', audit: { action: 'wechat.choose-own' } },
  body: z.object({ topics: z.array(staffTopic).max(STAFF_TOPICS.length) }),
  output: ownWeCom,
})
