import { systemActor } from '../../../../platform/context/context.ts'
import { write, type House } from '../../../../platform/context/house.ts'
import type { ImportMapping } from '../../contract/import.ts'
import { countBatch, findImport, insertRefusals, moveImport, type ImportRow } from './import-store.ts'
import { readRows, type RawRow } from './source.ts'
import { addRows, judgeRows, type JudgedRow } from './take-rows.ts'

/** So many rows are one transaction: long enough to be quick, short enough that a stop or a crash costs little. */
export const BATCH_ROWS = 500

/** Somebody stopped the import, or another worker has taken over: what this one was about to write must not stay. */
class Overtaken extends Error {}

/**
 * Takes the rows of an import in. May be killed and run again: it goes on behind the last row that was counted, and
 * a batch counts itself in the transaction of its people.
 */
export async function runImport(house: House, organizationId: string, importId: string): Promise<void> {
  const tenant = await house.tenant(organizationId)
  const actor = systemActor(organizationId, 'patient/import')
  const begun = await write(house, { tenant, actor }, async (ctx) => {
    await moveImport(ctx.tx, organizationId, importId, ['queued'], { state: 'running', started_at: ctx.clock.now() })
    return findImport(ctx.tx, organizationId, importId)
  })
  if (begun?.state !== 'running') return
  try {
    await readAll(house, begun, (rows, begunAt) =>
      write(house, { tenant, actor }, async (ctx) => {
        const judged = await judgeRows(ctx, rows, {
          mapping: begun.mapping as ImportMapping,
          columns: begun.columns as string[],
        })
        const { added, proposed } = await addRows(ctx, judged, { id: begun.created_by, name: begun.created_by_name })
        const refused = judged.filter((row) => row.outcome === 'refused')
        await insertRefusals(
          ctx.tx,
          organizationId,
          importId,
          refused.map((row) => sealRefusal(house, organizationId, row)),
        )
        const counts = {
          rows: rows.length,
          added,
          proposed,
          refused: refused.length,
          found: rows.length - added - refused.length,
        }
        if (!(await countBatch(ctx.tx, organizationId, importId, begunAt, counts))) throw new Overtaken()
      }),
    )
    await finish(house, begun, 'done', null)
  } catch (error) {
    if (error instanceof Overtaken) return
    if (!isUnreadable(error)) throw error
    house.log.warn({ importId }, 'import file could not be read to its end')
    await finish(house, begun, 'failed', 'ImportFileUnreadable')
  }
}

async function readAll(
  house: House,
  begun: ImportRow,
  take: (rows: RawRow[], begunAt: number) => Promise<void>,
): Promise<void> {
  let [seen, counted, batch]: [number, number, RawRow[]] = [0, begun.rows_read, []]
  for await (const row of readRows(house.files, begun.organization_id, begun)) {
    if (row.number <= begun.header_row || ++seen <= begun.rows_read) continue
    batch.push(row)
    if (batch.length < BATCH_ROWS) continue
    await take(batch, counted)
    counted += batch.length
    batch = []
  }
  if (batch.length > 0) await take(batch, counted)
}

async function finish(
  house: House,
  { organization_id, id }: ImportRow,
  state: 'done' | 'failed',
  failure: string | null,
): Promise<void> {
  const tenant = await house.tenant(organization_id)
  await write(house, { tenant, actor: systemActor(organization_id, 'patient/import') }, async (ctx) => {
    await moveImport(ctx.tx, organization_id, id, ['running'], { state, failure, finished_at: ctx.clock.now() })
  })
}

function sealRefusal(house: House, organizationId: string, row: Extract<JudgedRow, { outcome: 'refused' }>) {
  const cells = row.raw.cells.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell))
  return {
    number: row.raw.number,
    sealed: house.sealer.seal(organizationId, JSON.stringify(cells)),
    reasons: row.reasons,
  }
}

/** Broken archives and malformed text are the file's fault and will not mend by trying again; all else may. */
function isUnreadable(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  return (
    (code ?? '').startsWith('CSV_') ||
    (code ?? '').startsWith('Z_') ||
    /FILE_ENDED|invalid signature|unexpected end|Invalid XML|unclosed|Unexpected close/i.test(message)
  )
}
