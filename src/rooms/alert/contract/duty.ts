import { z } from 'zod'
import { endpoint, instant, staffId } from '../../../platform/contract/index.ts'
import { id } from '../../../platform/contract/index.ts'

const noPatient = { none: 'it shows nothing of a patient' } as const

export const dutyId = id('duty')

export const dutyView = z.object({
  id: dutyId,
  staff: z.object({ id: staffId, name: z.string() }),
  from: instant,
  until: instant,
  /** 1 is told first. */
  rank: z.number().int(),
  /** A telephone of the house. */
  phone: z.string(),
})
export type DutyView = z.output<typeof dutyView>

export const listDuty = endpoint({
  name: 'alert.listDuty',
  method: 'GET',
  path: '/alert-duty',
  summary: 'Who is on duty in the coming days, and where nobody is',
  gate: { permission: 'alert.read', audit: noPatient },
  query: z.object({ days: z.coerce.number().int().min(1).max(60).default(14) }),
  output: z.object({
    shifts: z.array(dutyView),
    gaps: z.array(z.object({ from: instant, until: instant })),
    now: z.array(dutyView),
    can: z.object({ write: z.boolean() }),
  }),
})

export const addDuty = endpoint({
  name: 'alert.addDuty',
  method: 'POST',
  path: '/alert-duty',
  summary: 'Put somebody on duty',
  gate: { permission: 'alert.duty', audit: { action: 'alert.duty.add' } },
  body: z
    .object({
      staffId,
      from: instant,
      until: instant,
      rank: z.number().int().min(1).max(9).default(1),
      phone: z.string().trim().max(40).default(''),
    })
    .refine((span) => Date.parse(span.from) < Date.parse(span.until), { path: ['until'], message: 'endAfterBegin' }),
  output: dutyView,
  problems: ['AlertDutyUnfit', 'AlertDutyTwice'],
})

export const removeDuty = endpoint({
  name: 'alert.removeDuty',
  method: 'DELETE',
  path: '/alert-duty/:dutyId',
  summary: 'Take a shift off the list',
  gate: { permission: 'alert.duty', audit: { action: 'alert.duty.remove', subject: 'dutyId' } },
  params: z.object({ dutyId }),
  output: z.object({}),
})
