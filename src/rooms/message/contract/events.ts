import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { channel, family, messageId, purpose } from './words.ts'

const about = z.object({ messageId, patientId, template: z.string(), touch: z.string(), channel })

/** A receiving server took it, or it stands in the person's message centre. */
export const messageSent = event('message.sent', about)
/** It will not arrive: `reason` is one of contract/words.ts. */
export const messageFailed = event('message.failed', about.extend({ reason: z.string() }))
export const messageOptedOut = event('message.opted-out', z.object({ patientId, purpose, channel: family }))
export const messageOptedIn = event('message.opted-in', z.object({ patientId, purpose, channel: family }))
/** Nothing more of a campaign goes out: what came back says that to go on would make it worse. `why`: contract/stop.ts. */
export const messageCampaignStopped = event(
  'message.campaign-stopped',
  z.object({ campaign: z.string(), why: z.string() }),
)
/** Somebody does not want it counted what they read: what was counted goes. */
export const messageReadingRefused = event('message.reading-refused', z.object({ patientId }))
