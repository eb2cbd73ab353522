import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { blockId, BLOCK_REASONS, BLOCKS_BY_HAND } from './words.ts'

const permission = 'call.do' as const
const why = pii('free-text', z.string().trim().max(300))

export const blockLine = z.object({
  id: blockId,
  patient: z.object({ id: patientId, name: pii('name', z.string()), phoneMasked: z.string().nullable() }),
  reason: z.enum(BLOCK_REASONS),
  note: pii('free-text', z.string()),
  since: instant,
  /** The last day it holds; null: until it is lifted. */
  untilOn: calendarDate.nullable(),
  by: z.string(),
  can: z.object({ lift: z.boolean() }),
})
export type BlockLine = z.infer<typeof blockLine>

export const listBlocks = endpoint({
  name: 'call-desk.blocks',
  method: 'GET',
  path: '/do-not-call',
  summary: 'Whom of the own customers nobody calls, and why; newest first',
  gate: { permission, audit: { action: 'call.blocks' } },
  query: pageQuery,
  output: pageOf(blockLine),
})

export const addBlock = endpoint({
  name: 'call-desk.addBlock',
  method: 'POST',
  path: '/do-not-call',
  summary: 'Nobody calls this person any more, for a reason, for a time or until it is lifted',
  gate: { permission, audit: { action: 'call.block' } },
  body: z.strictObject({
    patientId,
    reason: z.enum(BLOCKS_BY_HAND),
    note: why.default(''),
    /** The last day it holds. */
    untilOn: calendarDate.optional(),
  }),
  output: blockLine,
  problems: ['NotFound', 'BlockedAlready', 'BlockUntilPast'],
})

export const liftBlock = endpoint({
  name: 'call-desk.liftBlock',
  method: 'POST',
  path: '/do-not-call/:blockId/lift',
  summary: 'The person may be called again, with the reason',
  gate: { permission, audit: { action: 'call.unblock', subject: 'blockId' } },
  params: z.object({ blockId }),
  body: z.strictObject({ because: pii('free-text', z.string().trim().min(2).max(300)) }),
  output: z.object({}),
  problems: ['CallUnknown', 'BlockLifted'],
})
