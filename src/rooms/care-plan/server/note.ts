import type { Selectable } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Id, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { correctNote, writeNote } from '../contract/team.ts'
import type { CounsellingNoteTable } from './table.ts'

type NoteRow = Selectable<CounsellingNoteTable>
type NoteId = Id<'counselling-note'>

/**
 * A counsellor's own notes. Every query asks for the author: nobody else's row is ever read, whatever id is named, and
 * the room's door hands none of it out.
 */
const own = (ctx: ReadContext, patientId: string) =>
  ctx.db
    .selectFrom('counselling_note')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('author_id', '=', ctx.actor.id)

export async function listOwnNotes(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const rows = await own(ctx, patientId)
    .where('superseded_by', 'is', null)
    .orderBy('held_on', 'desc')
    .limit(200)
    .execute()
  return { notes: rows.map(lineOf) }
}

/** @throws Problem NotFound for nobody's and for a colleague's alike */
export async function openNote(ctx: ReadContext, patientId: string, noteId: string) {
  await requireVisible(ctx, patientId)
  const rows = await own(ctx, patientId).execute()
  const note = rows.find(({ id }) => id === noteId)
  if (!note) throw platformProblem('NotFound')
  const former: NoteRow[] = []
  for (let at = rows.find(({ id }) => id === note.corrects); at; at = rows.find(({ id }) => id === at?.corrects))
    former.push(at)
  return {
    ...lineOf(note),
    text: read(ctx, note),
    because: note.because,
    former: former.map((one) => ({
      text: read(ctx, one),
      writtenAt: one.written_at.toISOString(),
      because: one.because,
    })),
  }
}

export async function write(
  ctx: WriteContext,
  patientId: string,
  { id, heldOn, text }: InputOf<typeof writeNote>['body'],
) {
  await requireVisible(ctx, patientId)
  await insert(ctx, { id, patientId, heldOn, text, because: '', corrects: null })
  ctx.audit.subjectId = id
  return { id: id as NoteId }
}

/** The correction stands, the former wording stays beneath. @throws Problem NoteSuperseded when it was corrected meanwhile */
export async function correct(
  ctx: WriteContext,
  patientId: string,
  noteId: string,
  body: InputOf<typeof correctNote>['body'],
) {
  await requireVisible(ctx, patientId)
  const note = await own(ctx, patientId).where('id', '=', noteId).forUpdate().executeTakeFirst()
  if (!note) throw platformProblem('NotFound')
  if (note.superseded_by) throw carePlanProblem('NoteSuperseded')
  await insert(ctx, { ...body, patientId, corrects: noteId })
  await ctx.tx
    .updateTable('counselling_note')
    .set({ superseded_by: body.id })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', noteId)
    .execute()
  return { id: body.id as NoteId }
}

interface NewNote {
  id: string
  patientId: string
  heldOn: string
  text: string
  because: string
  corrects: string | null
}

async function insert(ctx: WriteContext, { id, patientId, heldOn, text, because, corrects }: NewNote): Promise<void> {
  const added = await ctx.tx
    .insertInto('counselling_note')
    .values({
      organization_id: ctx.organizationId,
      id,
      patient_id: patientId,
      author_id: ctx.actor.id!,
      held_on: heldOn,
      text_sealed: ctx.sealer.seal(ctx.organizationId, text),
      because,
      corrects,
      superseded_by: null,
      written_at: ctx.clock.now(),
    })
    .onConflict((c) => c.column('organization_id').column('id').doNothing())
    .executeTakeFirst()
  // Sent twice: the one that stands must be one's own.
  if (added.numInsertedOrUpdatedRows === 1n) return
  if (!(await own(ctx, patientId).where('id', '=', id).executeTakeFirst())) throw platformProblem('NotFound')
}

function read(ctx: ReadContext, note: NoteRow): string {
  return ctx.sealer.open(ctx.organizationId, note.text_sealed)
}

function lineOf(note: NoteRow) {
  return {
    id: note.id as NoteId,
    heldOn: note.held_on,
    writtenAt: note.written_at.toISOString(),
    correctedAt: note.corrects ? note.written_at.toISOString() : null,
  }
}
