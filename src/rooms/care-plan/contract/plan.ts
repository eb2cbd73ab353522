import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { timelineEndpoint } from '../../observation/contract/timeline.ts'
import { cause, planLine, planView } from './view.ts'
import { END_REASONS, planContent, planId, planKind } from './words.ts'

export * from './view.ts'

export const ofPatient = z.object({ patientId })
export const ofPlan = z.object({ patientId, planId })
const title = pii('health', z.string().trim().min(2).max(60))
const freeText = (most: number) => pii('free-text', z.string().trim().max(most))

export const listPlans = endpoint({
  name: 'carePlan.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/care-plans',
  summary: 'Care plans of one person, open ones first',
  gate: { permission: 'care-plan.read', audit: { action: 'care-plan.list-of-patient', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ plans: z.array(planLine), can: z.object({ draft: z.boolean() }) }),
})

export const readPlan = endpoint({
  name: 'carePlan.read',
  method: 'GET',
  path: '/patients/:patientId/care-plans/:planId',
  summary: 'A care plan at a glance: goals with their values, actions with their days, versions',
  gate: { permission: 'care-plan.read', audit: { action: 'care-plan.open', patient: 'patientId', subject: 'planId' } },
  params: ofPlan,
  output: planView,
})

const draftBody = z.object({
  title,
  content: planContent,
  template: z.object({ code: planKind, version: z.number().int().positive() }).nullable().default(null),
  /** Why the template stands unchanged for this person (S1-14). */
  sameReason: freeText(300).default(''),
})

export const startPlan = endpoint({
  name: 'carePlan.start',
  method: 'POST',
  path: '/patients/:patientId/care-plans',
  summary: 'Draft a plan; nothing counts before the doctor has signed it',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.draft', patient: 'patientId' } },
  params: ofPatient,
  body: draftBody.extend({ kind: planKind }),
  output: planView,
  problems: [
    'CarePlanKindOpen',
    'CarePlanTemplateUnknown',
    'CarePlanIndicatorUnknown',
    'CarePlanGoalEmpty',
    'CarePlanPatientNotActive',
  ],
})

const ofAct = { patient: 'patientId', subject: 'planId' } as const
const stale = ['ChangedMeanwhile', 'CarePlanClosed', 'CarePlanNotDraft', 'CarePlanSigned'] as const

export const savePlanDraft = endpoint({
  name: 'carePlan.saveDraft',
  method: 'PUT',
  path: '/patients/:patientId/care-plans/:planId/draft',
  summary: 'Change the draft, or begin the next version with the finding that caused it',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.draft', ...ofAct } },
  params: ofPlan,
  body: draftBody.extend({
    cause: cause.nullable().default(null),
    /** Of the draft that was opened; 0 where there was none. */
    revision: z.number().int().min(0),
  }),
  output: planView,
  problems: [
    ...stale,
    'CarePlanCauseMissing',
    'CarePlanCauseUnknown',
    'CarePlanIndicatorUnknown',
    'CarePlanGoalEmpty',
    'CarePlanTemplateUnknown',
  ],
})

const revised = z.object({ revision: z.number().int().positive() })

export const submitPlan = endpoint({
  name: 'carePlan.submit',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/draft/submission',
  summary: 'Ask the doctor to sign the draft',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.submit', ...ofAct } },
  params: ofPlan,
  body: revised,
  output: planView,
  problems: [...stale, 'CarePlanSameAsTemplate'],
})

export const signPlan = endpoint({
  name: 'carePlan.sign',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/draft/signature',
  summary: 'Sign the draft: it counts from its day on, and the version before it until then',
  gate: { permission: 'plan.sign', audit: { action: 'care-plan.sign', ...ofAct } },
  params: ofPlan,
  body: revised.extend({ activeFrom: calendarDate }),
  output: planView,
  problems: [...stale, 'CarePlanSameAsTemplate', 'CarePlanStartUnfit'],
})

export const returnPlan = endpoint({
  name: 'carePlan.return',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/draft/return',
  summary: 'Give the draft back with what is to be changed',
  gate: { permission: 'plan.sign', audit: { action: 'care-plan.return', ...ofAct } },
  params: ofPlan,
  body: revised.extend({ note: pii('free-text', z.string().trim().min(2).max(500)) }),
  output: planView,
  problems: stale,
})

export const discardPlanDraft = endpoint({
  name: 'carePlan.discardDraft',
  method: 'DELETE',
  path: '/patients/:patientId/care-plans/:planId/draft',
  summary: 'Give a draft up; it stays to be seen among the versions',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.discard-draft', ...ofAct } },
  params: ofPlan,
  output: planView,
  problems: stale,
})

export const movePlan = endpoint({
  name: 'carePlan.move',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/state',
  summary: 'Pause, resume or end a plan, with the reason',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.move', ...ofAct } },
  params: ofPlan,
  body: z.object({
    act: z.enum(['pause', 'resume', 'end']),
    reason: z.enum(END_REASONS).exclude(['deceased']).nullable().default(null),
    note: freeText(300).default(''),
  }),
  output: planView,
  problems: ['CarePlanNotActive', 'CarePlanClosed'],
})

export const LIST_FILTERS = ['active', 'waiting', 'step-due', 'low-adherence', 'ended'] as const

export const listAllPlans = endpoint({
  name: 'carePlan.list',
  method: 'GET',
  path: '/care-plans',
  summary: 'Plans of the people one looks after: waiting for a signature, step due, low adherence, ended',
  gate: { permission: 'care-plan.read', audit: { action: 'care-plan.list' } },
  query: pageQuery.extend({ filter: z.enum(LIST_FILTERS).default('active') }),
  output: pageOf(
    planLine.extend({
      patient: z.object({
        id: patientId,
        name: pii('name', z.string()),
        sex: z.string(),
        ageYears: z.number().int().nullable(),
        doctorName: z.string().nullable(),
        managerName: z.string().nullable(),
      }),
      submittedAt: instant.nullable(),
      draftedBy: z.string().nullable(),
    }),
  ),
})

export const carePlanTimeline = timelineEndpoint('care-plan', 'care-plan.read')
