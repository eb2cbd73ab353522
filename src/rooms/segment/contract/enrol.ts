import { z } from 'zod'
import { calendarDate, endpoint } from '../../../platform/contract/index.ts'
import { spreadRule } from '../../follow-up/contract/spread.ts'
import { protocolCode } from '../../follow-up/contract/words.ts'
import { segmentId } from './words.ts'

const params = z.object({ segmentId })
const problems = ['NotFound', 'ProtocolUnknown', 'PlanCountsFromEvent']

export const countForEnrolment = endpoint({
  name: 'segment.countForEnrolment',
  method: 'POST',
  path: '/segments/:segmentId/enrolments/count',
  summary: 'How many of one’s own people in a segment a pathway can take in; keeps nothing',
  gate: { permission: 'follow-up.enrol', audit: { none: 'a number of one’s own people, whom one may list anyway' } },
  params,
  body: z.object({ protocol: protocolCode }),
  output: z.object({ people: z.number().int() }),
  problems,
})

export const enrolMembers = endpoint({
  name: 'segment.enrolMembers',
  method: 'POST',
  path: '/segments/:segmentId/enrolments',
  summary: 'Put one’s own people in a segment into a pathway, all today or on different days',
  gate: { permission: 'follow-up.enrol', audit: { action: 'segment.enrol', subject: 'segmentId' } },
  params,
  body: z.object({ protocol: protocolCode, spread: spreadRule.optional() }),
  output: z.object({ beginnings: z.array(z.object({ on: calendarDate, count: z.number().int() })) }),
  problems: [...problems, 'PlanCannotWait'],
})
