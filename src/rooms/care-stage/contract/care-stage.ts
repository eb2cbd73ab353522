import { z } from 'zod'
import {
  bilingual,
  calendarDate,
  endpoint,
  pageOf,
  pageQuery,
  patientId,
  pii,
} from '../../../platform/contract/index.ts'
import { patientStageId, stage } from './words.ts'

const item = z.object({
  code: z.string(),
  text: bilingual,
  /** Has to be done before the way goes on, or a reason is stated. */
  must: z.boolean(),
  /** Seen in the record, not ticked; without it the stage cannot be left. */
  seen: z.boolean(),
  done: z.boolean(),
  note: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
})
export type StageItem = z.output<typeof item>

const passed = z.object({
  id: patientStageId,
  stage,
  name: bilingual,
  enteredOn: calendarDate,
  /** Null while the person stands in it. */
  leftOn: calendarDate.nullable(),
  days: z.number().int(),
  by: z.string(),
  /** Why it was entered against the usual way, or with things left open. */
  because: z.string(),
  leftOpen: z.array(bilingual),
})

export const readStages = endpoint({
  name: 'care-stage.read',
  method: 'GET',
  path: '/patients/:patientId/stages',
  summary: 'Where a person stands, what is done and open there, and the way so far',
  gate: { permission: 'care-stage.read', audit: { action: 'care-stage.read', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({
    current: passed.extend({ items: z.array(item) }).nullable(),
    /** Where the way may go: `usual` needs no reason once what must be done is done. */
    ways: z.array(z.object({ stage, name: bilingual, usual: z.boolean() })),
    /** Newest first, without the current one. */
    past: z.array(passed),
    can: z.object({ write: z.boolean() }),
  }),
})
export type StagesOfPatient = z.output<typeof readStages.output>

export const enterStage = endpoint({
  name: 'care-stage.enter',
  method: 'POST',
  path: '/patients/:patientId/stages',
  summary: 'Leave the stage somebody stands in, and enter another',
  gate: { permission: 'care-stage.write', audit: { action: 'care-stage.enter', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z.object({
    stage,
    /** The stage that was seen open; null where there was none. */
    leaving: patientStageId.nullable(),
    because: z.string().trim().max(300).default(''),
  }),
  output: z.object({ id: patientStageId }),
  problems: ['StageMovedMeanwhile', 'StageSame', 'StageReasonWanted', 'StageHeldByFacts', 'StagePatientGone'],
})

export const tickStage = endpoint({
  name: 'care-stage.tick',
  method: 'POST',
  path: '/patients/:patientId/stages/:patientStageId/ticks',
  summary: 'Say that something of the checklist is done, or take it back',
  gate: {
    permission: 'care-stage.write',
    audit: { action: 'care-stage.tick', patient: 'patientId', subject: 'patientStageId' },
  },
  params: z.object({ patientId, patientStageId }),
  body: z.object({ item: z.string().max(40), done: z.boolean(), note: z.string().trim().max(300).default('') }),
  output: z.object({ done: z.boolean() }),
  problems: ['StageMovedMeanwhile', 'StageItemUnknown', 'StageItemSeen'],
})

export const listStages = endpoint({
  name: 'care-stage.list',
  method: 'GET',
  path: '/stages',
  summary: 'Who stands in a stage, longest first',
  gate: { permission: 'care-stage.read', audit: { action: 'care-stage.list' } },
  query: pageQuery.extend({ stage: stage.default('discharge') }),
  output: pageOf(
    z.object({
      id: patientStageId,
      patient: z.object({ id: patientId, name: pii('name', z.string()), managerName: z.string().nullable() }),
      enteredOn: calendarDate,
      days: z.number().int(),
      by: z.string(),
    }),
  ),
})
