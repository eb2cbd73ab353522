import { z } from 'zod'
import { event, staffId } from '../../../platform/contract/index.ts'
import { wechatAccountId, wechatActId, wechatMassId, wechatSendingId } from './words.ts'

/** Somebody did something, or the platform reports of its own accord; once each, however often it is told. */
export const wechatActed = event('wechat.acted', z.object({ actId: wechatActId }), { urgent: true })

/** What became of a message after it was handed over: by report, or by the confirmation of a member of staff. */
export const wechatSettled = event(
  'wechat.settled',
  z.object({
    sendingId: wechatSendingId,
    state: z.enum(['delivered', 'undelivered']),
    /** Why it did not arrive: a refusal of platform/wechat/answer.ts. */
    refusal: z.string().nullable(),
  }),
)

/** A mass message lies with somebody who has to confirm it on their phone. */
export const massAsked = event(
  'wechat.mass-asked',
  z.object({
    massId: wechatMassId,
    /** Null: nobody has said who that is. */
    staffId: staffId.nullable(),
    userId: z.string(),
    sendingIds: z.array(wechatSendingId),
  }),
)
/** It was confirmed, called back or forgotten. */
export const massOver = event('wechat.mass-over', z.object({ massId: wechatMassId, confirmed: z.boolean() }))

/** The platform refuses all that goes by an account, or by one of its templates, until somebody mends it. */
export const wechatFault = event(
  'wechat.fault',
  z.object({ accountId: wechatAccountId, name: z.string(), templateId: z.string().nullable(), code: z.string() }),
  { urgent: true },
)
