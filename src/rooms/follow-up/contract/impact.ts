import { z } from 'zod'
import { bilingual, calendarDate, endpoint, id, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { protocolDefinition } from './protocol.ts'
import { protocolCode, runId } from './words.ts'

/** leave: by its own version to the end · next-step: goes over with its next step · re-plan: planned anew at once. */
export const SWITCH_HOWS = ['leave', 'next-step', 're-plan'] as const
export const switchHow = z.enum(SWITCH_HOWS)
export type SwitchHow = z.infer<typeof switchHow>

export const switchId = id('plan-switch')
/** So many running plans in one request. */
export const RUNS_MAX = 1000

/** What a track would have next. */
const plannedNext = z.object({
  track: protocolCode,
  step: protocolCode,
  name: bilingual,
  dueOn: calendarDate,
  /** Open already: agreed, and not moved by any decision. */
  due: z.boolean(),
})
export type PlannedNext = z.infer<typeof plannedNext>

export const impactLine = z.object({
  runId,
  /** The version it runs by now, and the one it was sent to. */
  version: z.number().int(),
  switchTo: z.number().int().nullable(),
  /** How it was decided to go there. */
  switchHow: switchHow.nullable(),
  /** Null: not of the reader's people; the plan is decided by what stands here. */
  patient: z.object({ id: patientId, name: pii('name', z.string()) }).nullable(),
  startedOn: calendarDate,
  anchorOn: calendarDate,
  before: z.array(plannedNext),
  after: z.object({ 'next-step': z.array(plannedNext), 're-plan': z.array(plannedNext) }),
  /** Steps that were still to come and are not in the new version, and those that only the new one has. */
  lost: z.array(protocolCode),
  added: z.array(protocolCode),
  /** Any day that differs by re-planning at once. */
  moves: z.boolean(),
  /** Hand it back with the decision: a plan that has gone on meanwhile is not decided unseen. */
  stamp: z.string(),
})
export type ImpactLine = z.infer<typeof impactLine>

export const impactOfVersion = endpoint({
  name: 'follow-up.impact',
  method: 'POST',
  path: '/protocols/:code/impact',
  summary: 'What a version would change about each running plan of the earlier ones; keeps nothing',
  gate: { permission: 'follow-up.protocol.read', audit: { action: 'follow-up.protocol.impact' } },
  params: z.object({ code: protocolCode }),
  body: z.object({
    /** A draft or a published version; or a definition as it stands on the screen. */
    version: z.number().int().optional(),
    definition: protocolDefinition.optional(),
    limit: z.number().int().min(1).max(RUNS_MAX).default(500),
    /** The last plan of the page before. */
    after: runId.optional(),
  }),
  output: z.object({ total: z.number().int(), lines: z.array(impactLine), next: runId.nullable() }),
  problems: ['ProtocolUnknown'],
})

export const decideSwitch = endpoint({
  name: 'follow-up.decideSwitch',
  method: 'POST',
  path: '/protocols/:code/switches',
  summary: 'Decide for each running plan what a published version does to it: up to 1,000 in one transaction',
  gate: { permission: 'follow-up.protocol.switch', audit: { action: 'follow-up.protocol.switch' } },
  params: z.object({ code: protocolCode }),
  body: z.object({
    to: z.number().int(),
    decisions: z
      .array(z.object({ runId, how: switchHow, stamp: z.string().max(4000).optional() }))
      .min(1)
      .max(RUNS_MAX),
  }),
  output: z.object({
    /** Null: nothing was decided. */
    id: switchId.nullable(),
    applied: z.number().int(),
    /** ended: the plan runs no more · moved-on: something has happened in it since it was shown · unknown: none of this protocol. */
    refused: z.array(z.object({ runId, why: z.enum(['ended', 'moved-on', 'unknown']) })),
  }),
  problems: ['ProtocolUnknown'],
})

export const undoSwitch = endpoint({
  name: 'follow-up.undoSwitch',
  method: 'POST',
  path: '/plan-switches/:switchId/undo',
  summary: 'Take a decision about running plans back within a day, where nothing has come of it yet',
  gate: {
    permission: 'follow-up.protocol.switch',
    audit: { action: 'follow-up.protocol.switch-undo', subject: 'switchId' },
  },
  params: z.object({ switchId }),
  output: z.object({ undone: z.number().int(), kept: z.number().int() }),
  problems: ['NotFound', 'SwitchUndone', 'SwitchTooOld'],
})

/** Decisions of the last days about one protocol, newest first. */
export const switchLine = z.object({
  id: switchId,
  to: z.number().int(),
  at: instant,
  by: z.string(),
  plans: z.number().int(),
  undoneAt: instant.nullable(),
  canUndo: z.boolean(),
})
