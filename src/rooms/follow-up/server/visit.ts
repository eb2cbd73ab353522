import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { derivedAnswers } from '../contract/derive.ts'
import type { Answers } from '../contract/form.ts'
import type { VisitAction, Way } from '../contract/words.ts'
import {
  countDoneInYear,
  findAnswers,
  findAttempts,
  findDoneVisits,
  findReferral,
  type AttemptRow,
  type DoneVisit,
} from './answer-store.ts'
import { ageAt, definitionOf, openVisit, type Opened } from './begin.ts'
import { proposeFor } from './complete.ts'
import { findForm } from './forms.ts'
import { findAllergies, findMedications, prefillOf } from './prefill.ts'
import { readAnswers } from './rules/answers.ts'
import { judgeAttempts } from './rules/attempts.ts'
import { knownAt } from './next.ts'
import { latestDueOn, nextInTrack } from './rules/plan.ts'
import { standing } from './progress.ts'
import { occurrenceLineOf, quotasOf } from './run-view.ts'

/** Former visits shown beside the form. */
const VISITS_SHOWN = 6

/** A follow-up with its form, what the record knows, and the tries so far. @throws Problem NotFound */
export async function showVisit(ctx: ReadContext, occurrenceId: string) {
  const opened = await openVisit(ctx, occurrenceId)
  const { occurrence, run, protocol, protocols, step } = opened
  const versions = await findAnswers(ctx.db, ctx.organizationId, occurrenceId)
  const answered = versions[0]
  const form = answered
    ? findForm(answered.form_code, answered.form_version)
    : step.form
      ? findForm(step.form)
      : undefined
  const former = await findDoneVisits(ctx.db, ctx.organizationId, {
    runId: run.id,
    track: occurrence.track,
    notId: occurrenceId,
    limit: VISITS_SHOWN,
  })
  const medications = await findMedications(ctx, occurrence.patient_id)
  const last = former.find((visit) => visit.actual_on !== null && visit.sequence < occurrence.sequence)
  const { patient } = opened
  const prefill = form
    ? await prefillOf(ctx, form, {
        patientId: patient.id,
        last: last && { actualOn: last.actual_on!, answers: last.answers ?? {} },
        mainWorry: patient.main_worry,
        mainWorryOn: patient.main_worry_at && dateIn(patient.main_worry_at, ctx.tenant.timeZone),
        medications,
      })
    : { prefill: {}, former: {}, lastTargets: {} }
  const tries = await findAttempts(ctx.db, ctx.organizationId, occurrenceId)
  const referral = await findReferral(ctx.db, ctx.organizationId, occurrenceId)
  return {
    ...occurrenceLineOf(ctx, protocols, run, occurrence),
    patient: personOf(ctx, opened),
    runId: run.id as never,
    protocol: protocol.code,
    protocolName: protocol.name,
    protocolVersion: run.protocol_version,
    protocolSource: protocol.source,
    stepWay: step.way,
    classes: protocol.classes,
    form: form ?? null,
    ...(answered ? { prefill: {}, former: {}, lastTargets: prefill.lastTargets } : prefill),
    visits: former.map((visit) => formerOf(opened, visit)),
    medications,
    allergies: await findAllergies(ctx, patient.id),
    quotas: quotasOf(
      protocols,
      run,
      await countDoneInYear(ctx.db, ctx.organizationId, [run.id], ctx.today.slice(0, 4)),
    ),
    tries: tries.map(tryOf),
    lost: judgeAttempts(tries, protocol.attempts).lost,
    tryLimits: protocol.attempts,
    answered: versions.map((one) => ({
      version: one.version,
      answers: one.answers,
      formVersion: one.form_version,
      because: one.because,
      by: one.by_name,
      at: one.at.toISOString(),
    })),
    proposedClass: occurrence.proposed_class,
    proposedAction: occurrence.proposed_action,
    referral: referral
      ? {
          reasons: referral.reason_codes,
          reason: referral.reason,
          referTo: referral.refer_to,
          urgent: referral.urgent,
          state: referral.state,
          outcome: referral.outcome,
        }
      : null,
    today: ctx.today,
  }
}

function personOf(ctx: ReadContext, { patient }: Opened) {
  return {
    id: patient.id as PatientId,
    name: patient.name,
    called: patient.called,
    sex: patient.sex,
    birthDate: patient.birth_date,
    ageYears: ageAt(patient, ctx.today),
    phoneMasked: patient.phone_masked,
    doctorName: patient.doctor_name,
    managerName: patient.manager_name,
    mainWorry: patient.main_worry,
  }
}

/** The numbers that are compared from visit to visit. */
const SHOWN_VALUES = ['sbp', 'dbp', 'fpg', 'weight', 'hba1c', 'pain']

function formerOf({ protocols, run }: Opened, visit: DoneVisit) {
  const values = Object.entries(visit.answers ?? {}).filter(
    ([linkId, value]) => SHOWN_VALUES.includes(linkId) && typeof value === 'number',
  )
  return {
    id: visit.id as never,
    actualOn: visit.actual_on!,
    stepName: definitionOf(protocols, run, visit.step).step.name,
    class: visit.class,
    action: visit.action,
    values: Object.fromEntries(values) as Record<string, number>,
  }
}

function tryOf(row: AttemptRow) {
  return {
    id: row.id as never,
    channel: row.channel,
    outcome: row.outcome,
    startedAt: row.started_at.toISOString(),
    note: row.note,
    nextAt: row.next_at?.toISOString() ?? null,
    because: row.because,
    by: row.by_name,
    at: row.at.toISOString(),
  }
}

const ACTIONS: VisitAction[] = ['routine', 'two-weeks', 'refer', 'attend']

/** What the answers so far speak for, and when the next follow-up would be; keeps nothing. @throws Problem NotFound */
export async function proposeVisit(
  ctx: WriteContext,
  occurrenceId: string,
  input: { way: Way; actualOn: string; answers: Answers },
) {
  const opened = await openVisit(ctx, occurrenceId)
  const { step, protocol, occurrence, run } = opened
  const form = step.form ? findForm(step.form) : undefined
  const answers: Answers = form
    ? readAnswers(form, input.answers, { way: input.way, step: occurrence.step }).answers
    : {}
  const proposed = form ? await proposeFor(ctx, opened, form, answers, input.actualOn) : undefined
  const actions = ACTIONS.filter(
    (action) =>
      action === 'routine' ||
      action === proposed?.action ||
      step.branches.some((branch) => 'action' in branch && branch.action === action),
  )
  const known = await knownAt(ctx, opened, protocol)
  const next = actions.flatMap((action) => {
    const done = { ...standing(occurrence)!, state: 'done' as const, action, actualOn: input.actualOn, answers }
    const planned = nextInTrack(protocol, occurrence.track, run.anchor_on, done, undefined, known)
    return planned
      ? [
          {
            action,
            step: planned.step.code,
            stepName: planned.step.name,
            dueOn: planned.dueOn,
            latestOn: latestDueOn(input.actualOn, planned.step),
          },
        ]
      : []
  })
  const derived = Object.fromEntries(
    Object.entries(form ? derivedAnswers(form, answers) : {}).flatMap(([linkId, value]) =>
      value === undefined ? [] : [[linkId, value]],
    ),
  )
  return {
    class: proposed?.class ?? null,
    action: proposed?.action ?? ('routine' as const),
    emergency: proposed?.emergency ?? false,
    because: proposed?.because ?? [],
    derived,
    next,
  }
}
