import { z } from 'zod'
import { event } from '../../../platform/contract/index.ts'
import { replyId, sendingId } from './words.ts'

/** A receipt, or the provider's list, has told what became of a message. Told once, however often it is called back. */
export const smsSettled = event(
  'sms.settled',
  z.object({
    sendingId,
    state: z.enum(['accepted', 'delivered', 'undelivered']),
    /** One of the classes of platform/sms/provider.ts, where it did not arrive. */
    class: z.string().nullable(),
  }),
)

/** Somebody wrote back. */
export const smsReplied = event(
  'sms.replied',
  z.object({
    replyId,
    /** They want no more: 退订, TD, T and the like. */
    stops: z.boolean(),
    /** What was last sent to this number, newest first: by these its owner is known. A number may serve a family. */
    sendingIds: z.array(sendingId),
  }),
  { urgent: true },
)
