import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { lockPatient, patientSummary, requireVisible } from '../../patient/server/index.ts'
import { closeTask } from '../../task/server/index.ts'
import type {
  ALL_CONSENT_WAYS,
  ConsentText,
  EndReason,
  endEnrolment,
  enrolChild,
  EnrolmentView,
  giveOwnConsent,
  ProgrammeDefinition,
  withdrawConsent,
} from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { programmeInForce } from './content.ts'
import {
  endRow,
  insertConsent,
  insertEnrolment,
  insertItems,
  lockActive,
  updateEnrolment,
  withdrawConsents,
  type EnrolmentRow,
} from './enrolment-store.ts'
import { measurementsOf } from './measured.ts'
import { enrolmentView } from './programme.ts'
import { consentRefusal, endsOn, enrolRefusal, nextMeasureOn, ownConsentFrom } from './rules/programme.ts'

type Given = InputOf<typeof enrolChild>['body']['consent']

/**
 * Takes a child into the programme: not without consent, a guardian's below 14 and the young person's own from then on.
 * @throws Problem GrowthBirthDateWanted, GrowthAgeOutside, OwnConsentWanted, ChildConsentTooEarly, GrowthConsentText,
 *   EnrolledAlready, MeasuredInFuture
 */
export async function enrol(
  ctx: WriteContext,
  patientId: string,
  { consent }: { consent: Given },
): Promise<EnrolmentView> {
  const person = await requireVisible(ctx, patientId)
  const { state } = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  const { birth_date: birthDate } = person
  if (!birthDate) throw growthProblem('GrowthBirthDateWanted')
  if (state !== 'active' || enrolRefusal(birthDate, ctx.today)) throw growthProblem('GrowthAgeOutside')
  const programme = await programmeInForce(ctx)
  checkGiven(ctx, programme.consent, { birthDate, given: consent }, 'body.consent')
  // What a guardian agreed to before the 14th birthday carries nothing that begins after it.
  if (consent.relation !== 'self' && ctx.today >= ownConsentFrom(birthDate))
    throw growthProblem('ChildConsentTooEarly', {}, 'body.consent.relation')
  const { height } = await measurementsOf(ctx, patientId)
  const row = await insertEnrolment(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next(),
    patient_id: patientId,
    started_on: ctx.today,
    ends_on: endsOn(birthDate),
    own_consent_from: ownConsentFrom(birthDate),
    has_own_consent: consent.relation === 'self',
    next_on: nextMeasureOn(height.at(-1)?.on ?? null, ctx.today, programme.measureEveryDays),
    ended_on: null,
    end_reason: null,
    created_at: ctx.clock.now(),
    created_by: ctx.actor.id,
    created_by_name: ctx.actor.name,
  })
  if (!row) throw growthProblem('EnrolledAlready')
  await keepConsent(ctx, row, consent, programme.consent)
  await planFirstItems(ctx, row, programme)
  ctx.audit.subjectId = row.id
  ctx.audit.detail = { textVersion: consent.textVersion, relation: consent.relation }
  return enrolmentView(ctx, row)
}

/** What is kept of a consent; given on one's own page there is nobody who wrote it down. */
type Kept = Omit<Given, 'way'> & { way: (typeof ALL_CONSENT_WAYS)[number] }

function checkGiven(
  ctx: WriteContext,
  text: ConsentText,
  { birthDate, given }: { birthDate: string; given: Kept },
  path: string,
): void {
  if (given.givenOn > ctx.today) throw growthProblem('MeasuredInFuture', {}, `${path}.givenOn`)
  if (given.textVersion !== text.version) throw growthProblem('GrowthConsentText')
  const refusal = consentRefusal(birthDate, given.relation, given.givenOn)
  if (refusal) throw growthProblem(refusal, {}, `${path}.relation`)
}

async function keepConsent(ctx: WriteContext, row: EnrolmentRow, given: Kept, text: ConsentText): Promise<void> {
  await insertConsent(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next(),
    enrolment_id: row.id,
    relation: given.relation,
    name: given.name,
    given_on: given.givenOn,
    way: given.way,
    text_version: given.textVersion,
    consent_text: JSON.stringify(text),
    guardian_told_on: given.guardianToldOn ?? null,
    recorded_at: ctx.clock.now(),
    recorded_by: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
    recorded_by_name: ctx.actor.name,
    withdrawn_at: null,
    withdrawn_by_name: null,
    withdrawn_recorded_by: null,
  })
}

async function planFirstItems(ctx: WriteContext, row: EnrolmentRow, { items }: ProgrammeDefinition): Promise<void> {
  await insertItems(
    ctx.tx,
    items.map(({ module, afterDays, title }) => ({
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      enrolment_id: row.id,
      module,
      title: ctx.tenant.locale === 'en' ? title.en : title.zh,
      due_on: addDays(row.started_on, afterDays),
      done_on: null,
      done_by: null,
      done_by_name: null,
      created_at: ctx.clock.now(),
      created_by_name: ctx.actor.name,
    })),
  )
}

/** The running enrolment of somebody who may be seen, held. @throws Problem NotEnrolled */
export async function holdEnrolment(ctx: WriteContext, patientId: string): Promise<EnrolmentRow> {
  await requireVisible(ctx, patientId)
  const row = await lockActive(ctx.tx, ctx.organizationId, patientId)
  if (!row) throw growthProblem('NotEnrolled')
  ctx.audit.subjectId = row.id
  return row
}

/** From 14 the young person decides; the guardian is told, and that is written down. */
export async function ownConsent(
  ctx: WriteContext,
  patientId: string,
  { goOnUntil18, ...given }: InputOf<typeof giveOwnConsent>['body'],
): Promise<EnrolmentView> {
  const person = await requireVisible(ctx, patientId)
  const row = await holdEnrolment(ctx, patientId)
  if (!person.birth_date) throw growthProblem('GrowthBirthDateWanted')
  if (given.guardianToldOn > ctx.today) throw growthProblem('MeasuredInFuture', {}, 'body.guardianToldOn')
  const whole = { ...given, relation: 'self' as const }
  return enrolmentView(ctx, await takeOwnConsent(ctx, row, person.birth_date, whole, goOnUntil18))
}

/** The same for the young person on their own page: by the date they are 14, and nobody writes it down for them. */
export async function ownConsentByTap(ctx: WriteContext, row: EnrolmentRow, textVersion: string): Promise<void> {
  const patient = await patientSummary(ctx, row.patient_id)
  if (!patient?.birthDate) throw growthProblem('GrowthBirthDateWanted')
  await takeOwnConsent(ctx, row, patient.birthDate, {
    relation: 'self',
    name: patient.name,
    givenOn: ctx.today,
    way: 'my-health',
    textVersion,
    guardianToldOn: row.guardian_told_on,
  })
}

async function takeOwnConsent(
  ctx: WriteContext,
  row: EnrolmentRow,
  birthDate: string,
  given: Kept,
  goOnUntil18 = false,
): Promise<EnrolmentRow> {
  const { consent: text } = await programmeInForce(ctx)
  checkGiven(ctx, text, { birthDate, given }, 'body')
  if (row.has_own_consent && (row.ends_on === endsOn(birthDate, true) || !goOnUntil18))
    throw growthProblem('GrowthConsentGiven')
  await keepConsent(ctx, row, given, text)
  const after = await updateEnrolment(ctx.tx, row, {
    has_own_consent: true,
    ends_on: goOnUntil18 ? endsOn(birthDate, true) : row.ends_on,
  })
  // The guardian is told in any case: until that is done, the task stays.
  if (given.guardianToldOn) await closeTask(ctx, handOverTask(row.id), { state: 'completed' })
  ctx.audit.detail = { textVersion: given.textVersion, until18: goOnUntil18 }
  return after
}

export const handOverTask = (enrolmentId: string) => ({ source: 'growth', sourceKey: `own-consent:${enrolmentId}` })

/** Withdrawn by the family at the desk or on the phone: nothing more is done, what was measured stays. */
export async function withdraw(
  ctx: WriteContext,
  patientId: string,
  { by, because }: InputOf<typeof withdrawConsent>['body'],
): Promise<EnrolmentView> {
  const row = await holdEnrolment(ctx, patientId)
  return enrolmentView(ctx, await withdrawRow(ctx, row, { name: by, because }))
}

/** The same for a family that withdraws by itself. */
export async function withdrawRow(
  ctx: WriteContext,
  row: EnrolmentRow,
  { name, because }: { name: string; because: string },
): Promise<EnrolmentRow> {
  const recordedBy = ctx.actor.kind === 'staff' ? ctx.actor.id : null
  await withdrawConsents(ctx.tx, ctx.organizationId, row.id, { name, because, recordedBy, at: ctx.clock.now() })
  return finish(ctx, row, 'withdrawn', because)
}

export async function finishByStaff(
  ctx: WriteContext,
  patientId: string,
  { reason, note }: InputOf<typeof endEnrolment>['body'],
): Promise<EnrolmentView> {
  return enrolmentView(ctx, await finish(ctx, await holdEnrolment(ctx, patientId), reason, note))
}

/** Ends an enrolment and what waits because of it. */
export async function finish(
  ctx: WriteContext,
  row: EnrolmentRow,
  reason: EndReason,
  note = '',
): Promise<EnrolmentRow> {
  const ended = await endRow(ctx.tx, row, { on: ctx.today, reason, note })
  await closeTask(ctx, handOverTask(row.id), { state: 'cancelled', reasonCode: 'plan-ended' })
  ctx.audit.detail = { reason }
  return ended
}
