import { addDays, dateIn, instantAt } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { patientSummaries, patientSummary, requireVisible } from '../../patient/server/index.ts'
import type {
  AppointmentLine,
  appointmentsOfPatient,
  countAppointments,
  listAppointments,
} from '../contract/appointment.ts'
import type { listMyAppointments } from '../contract/own.ts'
import { actsNow } from './appointment.ts'
import { countWithin, findBookedFrom, findOfPatient, findWithin, type AppointmentRow } from './store.ts'

export async function ofPatient(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof appointmentsOfPatient>> {
  await requireVisible(ctx, patientId)
  const rows = (await findOfPatient(ctx.db, ctx.organizationId, patientId)).map((row) => viewOf(ctx, row))
  const isComing = ({ status, on }: AppointmentLine) => (status === 'booked' && on >= ctx.today) || status === 'arrived'
  const isActive = (await patientSummary(ctx, patientId))?.state === 'active'
  return {
    coming: rows.filter(isComing).toReversed(),
    over: rows.filter((row) => !isComing(row)),
    can: { book: isActive && ctx.actor.permissions.has('appointment.write') },
  }
}

export async function list(
  ctx: ReadContext,
  { on, department, status, cursor, limit }: InputOf<typeof listAppointments>['query'],
): Promise<AnswerOf<typeof listAppointments>> {
  const [, at, id] = /^(\S+Z) ([0-9a-f-]{36})$/.exec(cursor ?? '') ?? []
  const after = at && id ? { at, id } : undefined
  const rows = await findWithin(ctx.db, ctx.organizationId, ctx.actor, {
    ...dayOf(ctx, on),
    department,
    status,
    after,
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const patients = await patientSummaries(ctx, [...new Set(shown.map(({ patient_id }) => patient_id))])
  const last = shown.at(-1)
  return {
    rows: shown.flatMap((row) => {
      const patient = patients.get(row.patient_id)
      if (!patient) return []
      const { id: patientId, name, sex, ageYears, phoneMasked } = patient
      return { ...viewOf(ctx, row), patient: { id: patientId, name, sex, ageYears, phoneMasked } }
    }),
    next: rows.length > limit && last ? `${last.starts_at.toISOString()} ${last.id}` : null,
    total: null,
  }
}

export async function count(
  ctx: ReadContext,
  { on }: InputOf<typeof countAppointments>['query'],
): Promise<AnswerOf<typeof countAppointments>> {
  const rows = await countWithin(ctx.db, ctx.organizationId, ctx.actor, dayOf(ctx, on))
  const counts = { booked: 0, arrived: 0, fulfilled: 0, cancelled: 0, noshow: 0 }
  for (const row of rows) counts[row.status] += row.count
  return { counts, departments: [...new Set(rows.map(({ department }) => department))].filter(Boolean) }
}

/** Whoever is late still finds where to go. */
const LATE_MS = 2 * 3600_000

export async function mine(ctx: ReadContext): Promise<AnswerOf<typeof listMyAppointments>> {
  const from = new Date(ctx.clock.now().getTime() - LATE_MS)
  const rows = await findBookedFrom(ctx.db, ctx.organizationId, ownPatientId(ctx), from)
  return {
    rows: rows.map((row) => {
      const { id, on, from: clock, movedFrom, service, department, practitioner, place, bring } = viewOf(ctx, row)
      const when = { id, on, from: clock, moved: movedFrom !== null }
      // What it is for, and with whom, tells of health: a relative is told the time, and where it is if the person wants that.
      if (ctx.actor.proxy) {
        const seen = ctx.actor.proxy.scopes.includes('place') ? place : ''
        return { ...when, service: '', department: '', practitioner: '', place: seen, bring: '' }
      }
      return { ...when, service, department, practitioner, place, bring }
    }),
  }
}

function dayOf(ctx: ReadContext, on = ctx.today) {
  const zone = ctx.tenant.timeZone
  return { from: instantAt(on, 0, zone), until: instantAt(addDays(on, 1), 0, zone) }
}

function viewOf(ctx: ReadContext, row: AppointmentRow): AppointmentLine {
  return {
    id: row.id as never,
    status: row.status,
    ...wall(ctx, row.starts_at),
    startsAt: row.starts_at.toISOString(),
    minutes: row.minutes,
    movedFrom: row.moved_from && wall(ctx, row.moved_from),
    service: row.service,
    department: row.department,
    practitioner: row.practitioner,
    place: row.place,
    bring: row.bring,
    cancelledBy: row.cancelled_by,
    because: row.because,
    source: row.source,
    bookedBy: row.booked_by,
    changedBy: row.changed_by,
    changedAt: row.changed_at.toISOString(),
    revision: row.revision,
    can: ctx.actor.permissions.has('appointment.write') ? actsNow(ctx, row) : [],
  }
}

/** The day and the hour on the organization's clock. */
function wall({ tenant: { timeZone } }: ReadContext, at: Date): { on: string; from: string } {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return { on: dateIn(at, timeZone), from: clock.format(at) }
}
