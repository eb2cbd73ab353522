import type { ReadContext } from '../../../platform/context/context.ts'
import { callProblem } from '../contract/problems.ts'
import { script as scriptWords, type CallLine, type CallScript, type CallSession } from '../contract/session.ts'
import { findCall } from './candidates.ts'
import { findPeople } from './person-store.ts'
import { findBefore, findOwn, type SessionRow } from './session-store.ts'
import { findSubjects, keyOf } from './subject-store.ts'

/** Earlier calls shown beside the one that is made. */
const BEFORE = 5

/** A call of the actor's own, as the desk shows it. @throws Problem CallUnknown */
export async function showSession(ctx: ReadContext, id: string): Promise<CallSession> {
  const row = await findOwn(ctx.db, ctx.organizationId, id, ctx.actor.id)
  if (!row) throw callProblem('CallUnknown')
  ctx.audit.patientId = row.patient_id
  const subject = { kind: row.subject_kind, id: row.subject_id }
  const call = await findCall(ctx, subject)
  const known = (await findSubjects(ctx.db, ctx.organizationId, [subject])).get(keyOf(subject))
  const before = await findBefore(ctx.db, ctx.organizationId, { patientId: row.patient_id, notId: id, limit: BEFORE })
  const can = ctx.actor.permissions
  return {
    id: row.id as never,
    state: row.state,
    subject,
    patient: await personOf(ctx, row.patient_id),
    title: { zh: row.title_zh, en: row.title_en },
    request: row.request,
    dueOn: row.due_on,
    untilOn: row.until_on,
    script: scriptOf(row.script),
    because: row.because,
    claimedUntil: row.claimed_until.toISOString(),
    talkBeganAt: row.talk_began_at?.toISOString() ?? null,
    talkEndedAt: row.talk_ended_at?.toISOString() ?? null,
    outcome: row.outcome,
    answeredBy: row.answered_by,
    note: row.note,
    nextAt: row.next_at?.toISOString() ?? null,
    hold: known?.hold ?? null,
    lost: row.lost,
    open: call !== undefined,
    handedOver: row.handed_over,
    tries: call?.tries ?? row.tries,
    before: before.map(lineOf),
    can: { unmask: can.has('patient.unmask'), form: row.subject_kind === 'follow-up' && can.has('follow-up.do') },
  }
}

async function personOf(ctx: ReadContext, patientId: string): Promise<CallSession['patient']> {
  const person = (await findPeople(ctx, [patientId])).get(patientId)!
  const readsRecord = ctx.actor.permissions.has('record.read')
  return {
    id: person.id as never,
    name: person.name,
    called: person.called,
    sex: person.sex,
    ageYears: person.ageYears,
    phoneMasked: person.phoneMasked,
    phoneField: person.viaGuardian ? 'guardian-phone' : 'phone',
    goodHours: person.goodHours,
    goodHoursNoted: person.goodHoursNoted,
    dialect: person.dialect,
    mainWorry: readsRecord ? person.mainWorry : null,
    leaveAlone: readsRecord ? person.leaveAlone : null,
    doctorName: person.doctorName,
    managerName: person.managerName,
  }
}

function lineOf(row: SessionRow): CallLine {
  const { talk_began_at: began, talk_ended_at: ended } = row
  return {
    id: row.id as never,
    subject: { kind: row.subject_kind, id: row.subject_id },
    state: row.state,
    outcome: row.outcome,
    by: row.staff_name,
    at: (row.ended_at ?? row.claimed_at).toISOString(),
    talkSeconds: began && ended ? Math.round((ended.getTime() - began.getTime()) / 1000) : null,
    note: row.note,
  }
}

/** A script of a form that is not known any more is left out rather than half shown. */
function scriptOf(stored: unknown): CallScript | null {
  if (stored === null || typeof stored !== 'object') return null
  const empty = { opening: null, say: [], ask: [], avoid: [], closing: null }
  const read = scriptWords.safeParse({ ...empty, ...stored })
  return read.success ? read.data : null
}
