import { sql, type RawBuilder } from 'kysely'
import type { PatientId } from '../../../platform/contract/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { segmentEntered, segmentLeft, TOLD_AT_ONCE } from '../contract/events.ts'
import type { SegmentId } from '../contract/words.ts'
import type { Moves, Roll } from './roll.ts'
import './table.ts'

/** Says who came into segments and who left, several people in one event. */
export async function tellMoves(
  ctx: WriteContext,
  segments: readonly Pick<Roll, 'id' | 'version'>[],
  { entered, left }: Moves,
  now: Date,
): Promise<void> {
  for (const [event, moves] of [
    [segmentEntered, entered],
    [segmentLeft, left],
  ] as const) {
    const bySegment = Map.groupBy(moves, ({ listId }) => listId)
    const payloads = segments.flatMap(({ id, version }) =>
      inPieces(bySegment.get(id)?.map(({ patientId }) => patientId) ?? []).map((patientIds) => ({
        segmentId: id as SegmentId,
        version,
        patientIds: patientIds as PatientId[],
        at: now.toISOString(),
        by: 'facts' as const,
      })),
    )
    await ctx.emitMany(event, payloads)
  }
}

/** The same for all whom a fill has moved at `now`, piece by piece: there may be a million of them. */
export async function tellFilled(
  ctx: WriteContext,
  { id, version }: Pick<Roll, 'id' | 'version'>,
  now: Date,
): Promise<void> {
  const base = { segmentId: id as SegmentId, version, at: now.toISOString(), by: 'fill' as const }
  const pages: [typeof segmentEntered, RawBuilder<unknown>][] = [
    [segmentEntered, sql`left_at is null and since_at >= ${now}`],
    [segmentLeft, sql`left_at = ${now} and left_because = 'fill'`],
  ]
  for (const [event, which] of pages)
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const { rows } = await sql<{ patient_id: string }>`
        select patient_id from segment_member
        where organization_id = ${ctx.organizationId} and segment_id = ${id} and patient_id > ${after} and ${which}
        order by patient_id limit ${TOLD_AT_ONCE}`.execute(ctx.tx)
      if (rows.length === 0) break
      await ctx.emit(event, { ...base, patientIds: rows.map((row) => row.patient_id as PatientId) })
      after = rows.at(-1)!.patient_id
    }
}

function inPieces(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / TOLD_AT_ONCE) }, (_one, n) =>
    ids.slice(n * TOLD_AT_ONCE, (n + 1) * TOLD_AT_ONCE),
  )
}
