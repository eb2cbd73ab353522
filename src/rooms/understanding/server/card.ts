import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { understandingChanged } from '../contract/events.ts'
import { understandingProblem } from '../contract/problems.ts'
import type {
  correctEntry,
  Entry,
  FormerEntry,
  readOwnUnderstanding,
  readUnderstanding,
  writeEntry,
} from '../contract/understanding.ts'
import type { Act, EntryKind, Said } from '../contract/words.ts'
import { personaOf } from './persona.ts'
import { barredIn, isOld } from './rules.ts'
import { closeEntry, findActs, findEntries, insertAct, insertEntry, reopenEntry, type EntryRow } from './store.ts'

export async function read(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof readUnderstanding>> {
  const person = await requireVisible(ctx, patientId)
  const rows = await findEntries(ctx.db, ctx.organizationId, patientId)
  const acts = await findActs(ctx.db, ctx.organizationId, patientId)
  return {
    persona: await personaOf(ctx, person),
    entries: rows.filter(({ ended_at }) => ended_at === null).map((row) => entryView(ctx, row)),
    former: rows.filter(({ ended_at }) => ended_at !== null).map((row) => formerView(ctx, row)),
    acts: acts.map(({ entry_id, kind, act, by_name, by_patient, at }) => ({
      entryId: entry_id as never,
      kind,
      act,
      by: by_name,
      byPatient: by_patient,
      at: at.toISOString(),
    })),
    can: { write: ctx.actor.permissions.has('understanding.write') && person.state === 'active' },
  }
}

/** @throws Problem UnderstandingBarred, UnderstandingHeardLater, UnderstandingPatientGone */
export async function write(
  ctx: WriteContext,
  patientId: string,
  { kind, said }: InputOf<typeof writeEntry>['body'],
): Promise<{ entryId: never }> {
  await open(ctx, patientId)
  refuse(ctx, said)
  return { entryId: await add(ctx, patientId, kind, said, null) }
}

/** Other words in the place of these. Of two who correct at once one does. */
export async function correct(
  ctx: WriteContext,
  { patientId, entryId }: InputOf<typeof correctEntry>['params'],
  { said, because }: InputOf<typeof correctEntry>['body'],
): Promise<{ entryId: never }> {
  await open(ctx, patientId)
  refuse(ctx, said)
  refuseBarred(ctx, because, 'body.because')
  const former = await closeEntry(ctx.tx, keyOf(ctx, patientId, entryId), {
    byPatient: false,
    byName: ctx.actor.name,
    because,
    corrected: true,
    at: ctx.clock.now(),
  })
  if (!former) throw platformProblem('ChangedMeanwhile')
  await tell(ctx, former, 'corrected')
  return { entryId: await add(ctx, patientId, former.kind, said, former.id) }
}

/** It is no longer so. */
export async function end(
  ctx: WriteContext,
  patientId: string,
  entryId: string,
  because: string,
): Promise<{ entryId: never }> {
  await open(ctx, patientId)
  refuseBarred(ctx, because, 'body.because')
  return close(ctx, patientId, entryId, because, false)
}

export async function restore(ctx: WriteContext, patientId: string, entryId: string): Promise<{ entryId: never }> {
  await open(ctx, patientId)
  return reopen(ctx, patientId, entryId, false)
}

/** What the person sees of it: all that was written of what they said, and what is over. */
export async function readOwn(ctx: ReadContext): Promise<AnswerOf<typeof readOwnUnderstanding>> {
  const rows = await findEntries(ctx.db, ctx.organizationId, ownPatientId(ctx))
  const own = (row: EntryRow) => {
    const { isOld: _old, ...view } = entryView(ctx, row)
    return view
  }
  return {
    entries: rows.filter(({ ended_at }) => ended_at === null).map(own),
    ended: rows.filter(({ ended_at, ended_by_patient }) => ended_at !== null && ended_by_patient).map(own),
  }
}

export const endOwn = (ctx: WriteContext, entryId: string, because: string) =>
  close(ctx, ownPatientId(ctx), entryId, because, true)

export const restoreOwn = (ctx: WriteContext, entryId: string) => reopen(ctx, ownPatientId(ctx), entryId, true)

async function close(ctx: WriteContext, patientId: string, id: string, because: string, byPatient: boolean) {
  const ending = { byPatient, byName: ctx.actor.name, because, corrected: false, at: ctx.clock.now() }
  const row = await closeEntry(ctx.tx, keyOf(ctx, patientId, id), ending)
  if (!row) throw platformProblem('ChangedMeanwhile')
  await tell(ctx, row, 'ended')
  return { entryId: id as never }
}

async function reopen(ctx: WriteContext, patientId: string, id: string, byPatient: boolean) {
  const row = await reopenEntry(ctx.tx, keyOf(ctx, patientId, id), byPatient)
  if (!row) throw platformProblem('ChangedMeanwhile')
  await tell(ctx, row, 'restored')
  return { entryId: id as never }
}

const keyOf = ({ organizationId }: WriteContext, patientId: string, id: string) => ({ organizationId, patientId, id })

async function add(ctx: WriteContext, patientId: string, kind: EntryKind, said: Said, corrects: string | null) {
  const id = ctx.ids.next<string>()
  const row = {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    kind,
    words: said.words,
    speaker: said.speaker,
    relation: said.speaker === 'person' ? '' : said.relation,
    source: said.source,
    heard_on: said.heardOn,
    written_at: ctx.clock.now(),
    written_by: ctx.actor.id,
    written_by_name: ctx.actor.name,
    corrects,
  }
  await insertEntry(ctx.tx, row)
  if (corrects === null) await tell(ctx, row, 'written')
  return id as never
}

async function tell(ctx: WriteContext, row: Pick<EntryRow, 'id' | 'patient_id' | 'kind'>, act: Act): Promise<void> {
  await insertAct(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next(),
    entry_id: row.id,
    act,
    by_patient: ctx.actor.kind === 'patient',
    by_id: ctx.actor.id,
    by_name: ctx.actor.name,
    at: ctx.clock.now(),
  })
  ctx.audit.subjectId = row.id
  ctx.audit.detail = { kind: row.kind }
  await ctx.emit(understandingChanged, {
    patientId: row.patient_id as PatientId,
    entryId: row.id as never,
    kind: row.kind,
    act,
  })
}

async function open(ctx: WriteContext, patientId: string): Promise<void> {
  const { state } = await requireVisible(ctx, patientId)
  if (state !== 'active') throw understandingProblem('UnderstandingPatientGone')
}

function refuse(ctx: WriteContext, said: Said): void {
  if (said.heardOn > ctx.today) throw understandingProblem('UnderstandingHeardLater', {}, 'body.said.heardOn')
  refuseBarred(ctx, said.words, 'body.said.words')
  refuseBarred(ctx, said.relation, 'body.said.relation')
}

/** @throws Problem UnderstandingBarred, which says what to write in the place of the word */
function refuseBarred(ctx: WriteContext, text: string, field: string): void {
  const barred = barredIn(text)
  if (!barred) return
  const instead = ctx.locale === 'en' ? barred.instead.en : barred.instead.zh
  throw understandingProblem('UnderstandingBarred', { word: barred.word, instead }, field)
}

function entryView(ctx: ReadContext, row: EntryRow): Entry {
  return {
    id: row.id as never,
    kind: row.kind,
    words: row.words,
    speaker: row.speaker,
    relation: row.relation,
    source: row.source,
    heardOn: row.heard_on,
    by: row.written_by_name,
    writtenAt: row.written_at.toISOString(),
    isOld: isOld(row.heard_on, ctx.today),
  }
}

function formerView(ctx: ReadContext, row: EntryRow): FormerEntry {
  return {
    ...entryView(ctx, row),
    endedAt: row.ended_at!.toISOString(),
    endedBy: row.ended_by_name ?? '',
    endedByPatient: row.ended_by_patient,
    because: row.ended_because,
    corrected: row.corrected,
  }
}
