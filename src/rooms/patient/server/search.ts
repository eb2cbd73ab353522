import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { PatientLine } from '../contract/person.ts'
import { visibleTo } from './scope.ts'
import { readSearch } from './search-query.ts'
import { deleteWords, insertWords, searchIds } from './search-store.ts'
import { foldNumber } from './search-words.ts'
import { findPatients } from './store.ts'
import { lineOf } from './view.ts'

/** People under what was typed, exact hits first; the log keeps the kind of the query, not its text. */
export async function searchPatients(ctx: ReadContext, typed: string, limit: number): Promise<PatientLine[]> {
  const query = readSearch(ctx, typed)
  if (!query) return []
  ctx.audit.detail = { kind: query.kind }
  const now = ctx.clock.now()
  const ids = await searchIds(ctx.db, ctx.organizationId, ctx.actor, query, limit, now)
  const rows = await findPatients(ctx.db, ctx.organizationId, ids, visibleTo(ctx.actor, 'patient', now))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lines = ids.flatMap((id) => byId.get(id) ?? []).filter((row) => row.state !== 'merged')
  return lines.map((row) => lineOf(row, ctx.today))
}

/** Makes a person findable by another number of theirs, such as a card's. */
export async function addSearchWord(ctx: WriteContext, patientId: string, number: string): Promise<void> {
  await insertWords(ctx.tx, ctx.organizationId, [{ patientId, word: foldNumber(number) }])
}

export async function removeSearchWord(ctx: WriteContext, patientId: string, number: string): Promise<void> {
  await deleteWords(ctx.tx, ctx.organizationId, patientId, [foldNumber(number)])
}
