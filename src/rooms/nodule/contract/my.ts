import { z } from 'zod'
import { bilingual, calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { organ, SIDES } from './words.ts'

const lines = z.array(bilingual)

/** A nodule as its person reads it: settled categories only, as words; what nobody has judged yet is said so. */
export const myNodule = z.object({
  id: z.uuid(),
  organ,
  side: z.enum(SIDES),
  place: pii('health', z.string()),
  state: z.enum(['looking', 'settled', 'closed']),
  lastScanOn: calendarDate,
  /** Of a scan that is settled, rounded to whole mm. */
  sizeMm: z.number().int().nullable(),
  gone: z.boolean(),
  /** The difference to the scan before lies within the error of measuring. */
  unchanged: z.boolean(),
  /** `past`: its day has gone by without a scan. */
  recheck: z.object({ kind: z.enum(['recheck', 'refer']), dueOn: calendarDate, past: z.boolean() }).nullable(),
  card: z.object({ title: bilingual, meaning: bilingual, todo: lines, earlier: lines }).nullable(),
})
export type MyNodule = z.output<typeof myNodule>

export const myNodules = endpoint({
  name: 'nodule.mine',
  method: 'GET',
  path: '/my/nodules',
  summary: 'A person’s own nodules in plain words, with the next recheck',
  gate: { permission: 'patient', audit: { action: 'my.nodules' } },
  output: z.object({ rows: z.array(myNodule), phone: z.string().nullable() }),
})
