import { addDays } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { soundsLikeDanger } from '../../alert/server/index.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { changeMood, OwnEntry, readMyDiary, writeMood } from '../contract/mood-diary.ts'
import { moodProblem } from '../contract/problems.ts'
import { BACK_DAYS, type Readers } from '../contract/words.ts'
import { raiseDanger, raiseWish } from './raise.ts'
import { deleteEntry, findEntry, findOwn, insertEntry, shareAll, updateEntry, type EntryRow } from './store.ts'

/** As far back as the picture on the own page goes. */
const SHOWN_DAYS = 90

export async function readOwn(ctx: ReadContext, key: string): Promise<AnswerOf<typeof readMyDiary>> {
  const patientId = ownPatientId(ctx)
  const patient = await patientSummary(ctx, patientId)
  const forGuardian = isForGuardian(patient?.ageYears)
  const rows = forGuardian ? [] : await findOwn(ctx.db, ctx.organizationId, patientId, addDays(ctx.today, -SHOWN_DAYS))
  return {
    today: ctx.today,
    key,
    entries: rows.map((row) => ownView(ctx, row)),
    counsellor: patient?.counsellorName ?? null,
    doctor: patient?.doctorName ?? null,
    readers: rows[0]?.readers ?? 'self',
    forGuardian,
  }
}

/** Keeps what somebody wrote of a day. Words that sound like danger call a person at once, whoever may read them. */
export async function writeOwn(
  ctx: WriteContext,
  body: InputOf<typeof writeMood>['body'],
): Promise<AnswerOf<typeof writeMood>> {
  const patientId = ownPatientId(ctx)
  if (isForGuardian((await patientSummary(ctx, patientId))?.ageYears)) throw moodProblem('MoodNotForGuardian')
  requireWithinReach(ctx, body.on)
  const { row, isNew } = await insertEntry(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next(),
    patient_id: patientId,
    client_key: body.key,
    on_day: body.on,
    ...values(ctx, body),
    written_at: ctx.clock.now(),
  })
  const help = soundsLikeDanger(noteOf(ctx, row))
  if (help && isNew) await raiseDanger(ctx, row)
  return { entry: ownView(ctx, row), help }
}

export async function changeOwn(
  ctx: WriteContext,
  id: string,
  body: InputOf<typeof changeMood>['body'],
): Promise<AnswerOf<typeof changeMood>> {
  const key = { organizationId: ctx.organizationId, patientId: ownPatientId(ctx), id }
  const before = await findEntry(ctx.tx, key)
  if (!before) throw moodProblem('MoodEntryUnknown')
  requireWithinReach(ctx, before.on_day)
  const row = await updateEntry(ctx.tx, key, body.revision, values(ctx, body))
  if (!row) throw platformProblem('ChangedMeanwhile')
  const help = soundsLikeDanger(body.note)
  // The same worry is raised once per entry: its source key is the entry's.
  if (help) await raiseDanger(ctx, row)
  return { entry: ownView(ctx, row), help }
}

export async function removeOwn(ctx: WriteContext, id: string): Promise<{ removed: boolean }> {
  return {
    removed: await deleteEntry(ctx.tx, { organizationId: ctx.organizationId, patientId: ownPatientId(ctx), id }),
  }
}

export async function shareOwn(ctx: WriteContext, readers: Readers): Promise<{ changed: number }> {
  ctx.audit.detail['readers'] = readers
  return { changed: await shareAll(ctx.tx, ctx.organizationId, ownPatientId(ctx), readers, ctx.clock.now()) }
}

export async function askForCall(ctx: WriteContext): Promise<{ asked: boolean }> {
  return { asked: await raiseWish(ctx, ownPatientId(ctx)) }
}

function isForGuardian(ageYears: number | null | undefined): boolean {
  return typeof ageYears === 'number' && ageYears < GUARDIAN_UNDER_YEARS
}

function requireWithinReach(ctx: WriteContext, on: string): void {
  if (on > ctx.today || on < addDays(ctx.today, -BACK_DAYS))
    throw moodProblem('MoodDayOutOfReach', { days: BACK_DAYS }, 'body.on')
}

type Said = Pick<InputOf<typeof writeMood>['body'], 'mood' | 'sleepHours' | 'note' | 'readers'>

function values(ctx: WriteContext, { mood, sleepHours, note, readers }: Said) {
  return {
    mood,
    sleep_hours: sleepHours,
    note_sealed: note === '' ? null : ctx.sealer.seal(ctx.organizationId, note),
    readers,
    changed_at: ctx.clock.now(),
  }
}

export function noteOf(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, row: EntryRow): string {
  return row.note_sealed ? ctx.sealer.open(ctx.organizationId, row.note_sealed) : ''
}

function ownView(ctx: ReadContext, row: EntryRow): OwnEntry {
  return {
    id: row.id as OwnEntry['id'],
    revision: row.revision,
    on: row.on_day,
    mood: row.mood,
    sleepHours: row.sleep_hours,
    note: noteOf(ctx, row),
    readers: row.readers,
  }
}
