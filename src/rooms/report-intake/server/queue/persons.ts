import type { ReadContext, WriteContext } from '../../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../../platform/contract/index.ts'
import { platformProblem } from '../../../../platform/http/problems.ts'
import { sameName } from '../../../patient/contract/person-name.ts'
import {
  patientSummaries,
  registerPatient,
  requireVisible,
  seesAll,
  type PatientSummary,
} from '../../../patient/server/index.ts'
import { withdrawReports } from '../../../observation/server/index.ts'
import type { COMPARED, getUnmatched, listUnmatched, registerUnmatched } from '../../contract/persons.ts'
import { intakeProblem } from '../../contract/problems.ts'
import { toRegister, type SentPerson } from '../process/person.ts'
import { readAgain, settleAs } from '../process/rematch.ts'
import { readCursor, writeCursor } from './cursor.ts'
import {
  changeUnmatched,
  findUnmatched,
  findUnmatchedOne,
  findWaitingMessages,
  intakesOf,
  lockUnmatched,
  type UnmatchedRow,
} from './person-queue-store.ts'

export async function unmatchedPage(
  ctx: ReadContext,
  { query }: InputOf<typeof listUnmatched>,
): Promise<AnswerOf<typeof listUnmatched>> {
  const { state, cursor, limit } = query
  const rows = await findUnmatched(ctx.db, ctx.organizationId, { state, after: readCursor(cursor), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(viewOf),
    next: rows.length > limit && last ? writeCursor(last.last_seen_at, last.id) : null,
    total: null,
  }
}

function viewOf(row: UnmatchedRow) {
  return {
    id: row.id,
    name: row.name,
    sex: row.sex as 'male' | 'female' | 'other' | 'unknown',
    birthDate: row.birth_date,
    recordNumber: row.record_number,
    phoneMasked: row.phone_masked,
    paperMasked: row.paper_masked,
    source: row.source,
    reason: row.reason,
    candidates: row.candidates.length,
    reports: row.reports,
    state: row.state,
    settledBy: row.settled_by_name,
    settledAt: row.settled_at?.toISOString() ?? null,
    patient: row.patient_id ? { id: row.patient_id, name: row.patient_name ?? '' } : null,
    lastSeenAt: row.last_seen_at.toISOString(),
    version: row.version,
  }
}

export async function unmatchedDetail(ctx: ReadContext, personId: string): Promise<AnswerOf<typeof getUnmatched>> {
  const row = await findUnmatchedOne(ctx.db, ctx.organizationId, personId)
  if (!row) throw platformProblem('NotFound')
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  const [candidates, messages] = await Promise.all([
    visibleCandidates(ctx, row),
    findWaitingMessages(ctx.db, ctx.organizationId, personId),
  ])
  return {
    person: viewOf(row),
    candidates: candidates.map((patient) => ({
      patient: {
        id: patient.id,
        name: patient.name,
        sex: patient.sex,
        birthDate: patient.birthDate,
        ageYears: patient.ageYears,
        phoneMasked: patient.phoneMasked,
        recordNumber: patient.recordNumber,
      },
      compared: compare(row, patient),
    })),
    hidden: row.candidates.length - candidates.length,
    messages: messages.map((one) => ({
      id: one.id,
      receivedAt: one.received_at.toISOString(),
      state: one.state,
      title: may('record.read') ? one.title : null,
      effectiveAt: one.effective_at?.toISOString() ?? null,
    })),
    can: {
      match: may('intake.match'),
      register: may('patient.write') && may('intake.match'),
      open: may('record.read'),
    },
  }
}

/** Whoever sees only their own customers is shown those of the candidates alone. */
async function visibleCandidates(ctx: ReadContext, row: UnmatchedRow): Promise<PatientSummary[]> {
  const summaries = [...(await patientSummaries(ctx, row.candidates)).values()]
  if (seesAll(ctx.actor)) return summaries
  const visible = await Promise.all(
    summaries.map((one) =>
      requireVisible(ctx, one.id).then(
        () => true,
        () => false,
      ),
    ),
  )
  return summaries.filter((_one, index) => visible[index])
}

type Compared = Record<(typeof COMPARED)[number], 'same' | 'differs' | 'unknown'>

function compare(sent: UnmatchedRow, known: PatientSummary): Compared {
  const held = (one: string | null, other: string | null, same: boolean) =>
    !one || !other ? 'unknown' : same ? 'same' : 'differs'
  const sentSex = sent.sex === 'unknown' ? null : sent.sex
  const knownSex = known.sex === 'unknown' ? null : known.sex
  return {
    name: held(sent.name, known.name, sameName(sent.name, known.name)),
    sex: held(sentSex, knownSex, sentSex === knownSex),
    birthDate: held(sent.birth_date, known.birthDate, sent.birth_date === known.birthDate),
    recordNumber: held(sent.record_number, known.recordNumber, sent.record_number === known.recordNumber),
    phone: held(sent.phone_masked, known.phoneMasked, sent.phone_masked === known.phoneMasked),
  }
}

/** @throws Problem NotFound, ChangedMeanwhile, PersonSettledAlready */
async function lockOpen(ctx: WriteContext, personId: string, version: number) {
  const row = await lockUnmatched(ctx.tx, ctx.organizationId, personId)
  if (!row) throw platformProblem('NotFound')
  if (row.state === 'settled') throw intakeProblem('PersonSettledAlready', { by: row.settled_by_name ?? '' })
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  return row
}

/** @throws Problem as `lockOpen`; NotFound for a patient the actor may not see */
export async function settle(
  ctx: WriteContext,
  personId: string,
  { patientId, version }: { patientId: string; version: number },
): Promise<Record<string, never>> {
  await lockOpen(ctx, personId, version)
  await requireVisible(ctx, patientId)
  await settleAs(ctx, personId, { patientId, how: 'chosen' })
  ctx.audit.patientId = patientId
  return {}
}

/** @throws Problem as `lockOpen` and what registering refuses */
export async function register(
  ctx: WriteContext,
  personId: string,
  body: InputOf<typeof registerUnmatched>['body'],
): Promise<AnswerOf<typeof registerUnmatched>> {
  if (!ctx.actor.permissions.has('intake.match')) throw platformProblem('NotPermitted', { permission: 'intake.match' })
  const row = await lockOpen(ctx, personId, body.version)
  const sent = JSON.parse(ctx.sealer.open(ctx.organizationId, row.identity_sealed)) as SentPerson
  const person = { ...sent, name: body.name, sex: body.sex, birthDate: body.birthDate }
  // Without number or birth date nobody is told apart by machine; a person who looks may register them all the same.
  const whole = toRegister(person) ?? { name: person.name, source: 'interface' as const }
  const patientId = await registerPatient(ctx, {
    ...whole,
    ...(body.sex === 'unknown' ? {} : { sex: body.sex }),
    ...(body.birthDate ? { birthDate: body.birthDate } : {}),
  })
  await settleAs(ctx, personId, { patientId, how: 'registered' })
  ctx.audit.patientId = patientId
  return { patientId }
}

export async function setAside(
  ctx: WriteContext,
  personId: string,
  { version, note }: { version: number; note: string },
): Promise<Record<string, never>> {
  await lockOpen(ctx, personId, version)
  await changeUnmatched(ctx.tx, ctx.organizationId, personId, {
    state: 'set-aside',
    note,
    by: ctx.actor.id,
    byName: ctx.actor.name,
    at: ctx.clock.now(),
  })
  await readAgain(ctx, personId)
  return {}
}

/** Takes a decision back. What had been filed for it leaves that record and waits again. @throws Problem PersonNotSettled */
export async function reopen(ctx: WriteContext, personId: string, version: number): Promise<{ withdrawn: number }> {
  const row = await lockUnmatched(ctx.tx, ctx.organizationId, personId)
  if (!row) throw platformProblem('NotFound')
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  if (row.state === 'open') throw intakeProblem('PersonNotSettled')
  let withdrawn = 0
  if (row.patient_id) {
    await requireVisible(ctx, row.patient_id)
    ctx.audit.patientId = row.patient_id
    withdrawn = await withdrawReports(
      ctx,
      row.patient_id,
      await intakesOf(ctx.tx, ctx.organizationId, personId),
      'other-person',
    )
  }
  await changeUnmatched(ctx.tx, ctx.organizationId, personId, {
    state: 'open',
    by: null,
    byName: '',
    at: ctx.clock.now(),
  })
  await readAgain(ctx, personId)
  ctx.audit.detail = { withdrawn }
  return { withdrawn }
}
