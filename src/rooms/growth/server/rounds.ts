import { sql } from 'kysely'
import { addDays, addMonths, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { sendMessage } from '../../message/server/index.ts'
import { openWay } from '../../patient-access/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { createTasks } from '../../task/server/index.ts'
import { programmeInForce } from './content.ts'
import { finish, handOverTask } from './enrol.ts'
import { lockActive, updateEnrolment, type EnrolmentRow } from './enrolment-store.ts'
import './table.ts'
import { endsOn, HAND_OVER_DAYS_BEFORE, ownConsentFrom } from './rules/programme.ts'

const AT_ONCE = 500
/** In both languages, since whoever does the task may read either. */
const HAND_OVER_TITLE = {
  zh: '长高管理：孩子快满 14 岁，请本人决定是否继续，并告知监护人',
  en: 'Growth programme: turning 14, ask the young person themselves and tell the guardian',
}

/**
 * Asks the manager to talk with whoever turns 14 within a month, and with the family. Once per enrolment: the task is
 * known by its key, however often the round comes.
 * @returns how many were asked now
 */
export async function askForOwnConsent(ctx: WriteContext): Promise<number> {
  const { rows } = await sql<{ id: string; patient_id: string; own_consent_from: string; manager_id: string | null }>`
    select e.id, e.patient_id, e.own_consent_from, p.manager_id from growth_enrolment e
    join patient p on p.organization_id = e.organization_id and p.id = e.patient_id
    where e.organization_id = ${ctx.organizationId} and e.state = 'active' and not e.has_own_consent
      and e.own_consent_from <= ${addDays(ctx.today, HAND_OVER_DAYS_BEFORE)}::date and p.state = 'active'
      and not exists (select from task t where t.organization_id = e.organization_id and t.source = 'growth'
        and t.source_key = 'own-consent:' || e.id)
    order by e.own_consent_from, e.id limit ${AT_ONCE}`.execute(ctx.tx)
  const made = await createTasks(
    ctx,
    rows.map((row) => ({
      type: 'other' as const,
      title: HAND_OVER_TITLE,
      patientId: row.patient_id,
      ownerId: row.manager_id,
      dueOn: row.own_consent_from < ctx.today ? ctx.today : row.own_consent_from,
      ...handOverTask(row.id),
    })),
  )
  await tellGuardians(ctx, rows)
  return made.filter(({ created }) => created).length
}

/**
 * Writes to the guardian while it is still the guardian who is written to: from the birthday on a message would reach the
 * young person, so that it is worth nothing then. Once per enrolment, by its touch.
 */
async function tellGuardians(
  ctx: WriteContext,
  rows: readonly { id: string; patient_id: string; own_consent_from: string }[],
): Promise<void> {
  const before = rows.filter(({ own_consent_from }) => own_consent_from > ctx.today)
  for (const { id, patient_id, own_consent_from } of before) {
    const days = daysBetween(ctx.today, own_consent_from)
    const { link } = await openWay(ctx, patient_id, { page: '/my/growth', days })
    await sendMessage(ctx, {
      patientId: patient_id,
      template: TURNING_14,
      touch: touchOf(id),
      values: { link, day: own_consent_from },
      notAfter: instantAt(own_consent_from, 0, ctx.tenant.timeZone),
      source: 'growth',
      sourceKey: id,
    })
  }
}

const TURNING_14 = 'growth-turning-14'
const touchOf = (enrolmentId: string) => `growth-14:${enrolmentId}`

/** The mail went out to the guardian: the day stands with the programme, and with the consent that follows. */
export async function noteGuardianTold(
  ctx: WriteContext,
  { template, touch, channel }: { template: string; touch: string; channel: string },
): Promise<void> {
  if (template !== TURNING_14 || channel !== 'email') return
  await sql`
    update growth_enrolment set guardian_told_on = ${ctx.today}
    where organization_id = ${ctx.organizationId} and ${touch} = 'growth-14:' || id and guardian_told_on is null`.execute(
    ctx.tx,
  )
}

/** Another date of birth is another 14th birthday: the programme goes by the one that is on file now. */
export async function followBirthDate(
  ctx: WriteContext,
  { patientId, fields }: { patientId: string; fields: readonly string[] },
): Promise<void> {
  if (!fields.includes('birthDate') && !fields.includes('paper')) return
  const row = await lockActive(ctx.tx, ctx.organizationId, patientId)
  const birthDate = (await patientSummary(ctx, patientId))?.birthDate
  if (!row || !birthDate || row.own_consent_from === ownConsentFrom(birthDate)) return
  const until18 = row.ends_on >= addMonths(row.own_consent_from, 36)
  await updateEnrolment(ctx.tx, row, {
    own_consent_from: ownConsentFrom(birthDate),
    ends_on: endsOn(birthDate, until18),
    // A child who is not 14 after all has not decided for itself.
    has_own_consent: row.has_own_consent && ctx.today >= ownConsentFrom(birthDate),
  })
}

/** Ends what has reached its age, and what belongs to somebody who has died. @returns how many ended */
export async function endReached(ctx: WriteContext): Promise<number> {
  const { rows } = await sql<EnrolmentRow & { patient_state: string }>`
    select e.*, p.state patient_state from growth_enrolment e
    join patient p on p.organization_id = e.organization_id and p.id = e.patient_id
    where e.organization_id = ${ctx.organizationId} and e.state = 'active'
      and (e.ends_on <= ${ctx.today}::date or p.state = 'deceased')
    order by e.id limit ${AT_ONCE} for update of e skip locked`.execute(ctx.tx)
  for (const row of rows) await finish(ctx, row, row.patient_state === 'deceased' ? 'died' : 'age-reached')
  return rows.length
}

/**
 * Brings the next dates after heights that came another way: a report, a health check, another page. One statement, and
 * only what differs is written.
 */
export async function followMeasurements(ctx: WriteContext): Promise<number> {
  const { measureEveryDays } = await programmeInForce(ctx)
  const { numAffectedRows } = await sql`
    update growth_enrolment e set next_on = d.next_on
    from (
      select g.id, greatest(g.started_on, coalesce((
        select (o.effective_at at time zone ${ctx.tenant.timeZone})::date + ${measureEveryDays}::int from observation o
        where o.organization_id = g.organization_id and o.patient_id = g.patient_id and o.code = 'height'
          and o.superseded_by is null and o.comparator is null and o.value is not null
          and (o.effective_at at time zone ${ctx.tenant.timeZone})::date <= ${ctx.today}::date
        order by o.effective_at desc, o.id desc limit 1), g.started_on)) next_on
      from growth_enrolment g where g.organization_id = ${ctx.organizationId} and g.state = 'active'
    ) d
    where e.organization_id = ${ctx.organizationId} and e.id = d.id and e.next_on is distinct from d.next_on`.execute(
    ctx.tx,
  )
  return Number(numAffectedRows ?? 0)
}
