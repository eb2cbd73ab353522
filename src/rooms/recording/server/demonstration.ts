import { sql } from 'kysely'
import { dateIn, type Clock } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import { play } from './listen.ts'
import { keepPiece } from './piece.ts'
import { begin, end } from './record.ts'
import { changeRecording, closeSilent, findByKey, putMark } from './store.ts'
import { tonePieces } from './tone.ts'

/** What a demonstration shows: a call with a tone instead of a voice, one that was cut off, and one that somebody did not want recorded. Once. */
export async function furnishRecordings(ctx: WriteContext, house: Pick<House, 'files'>): Promise<void> {
  const { rows } = await sql`select from recording where organization_id = ${ctx.organizationId} limit 1`.execute(
    ctx.tx,
  )
  if (rows.length > 0) return
  for (const { id, name } of await staffInRole(ctx, 'service-manager')) {
    const people = await peopleOf(ctx, id)
    if (people.length < 3) continue
    const actor = {
      kind: 'staff' as const,
      organizationId: ctx.organizationId,
      id,
      name,
      roles: ['service-manager'],
      permissions: new Set<string>(),
    }
    const folder = house.files.folder
    const whole = await call({ ...earlier(ctx, 50), actor }, folder, people[0]!, {
      seconds: content.seconds[0]!,
      ends: true,
    })
    await call({ ...earlier(ctx, 26), actor }, folder, people[1]!, { seconds: content.seconds[1]!, ends: false })
    await play({ ...earlier(ctx, 20), actor }, whole, '')
    await answered({ ...earlier(ctx, 3), actor }, people[2]!, 'refused')
    return
  }
}

async function peopleOf(ctx: WriteContext, managerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from patient where organization_id = ${ctx.organizationId} and manager_id = ${managerId} and state = 'active'
    order by id limit 3`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

/** The same some hours earlier. */
function earlier(ctx: WriteContext, hours: number): WriteContext {
  const at = new Date(ctx.clock.now().getTime() - hours * 3_600_000)
  const clock: Clock = { now: () => at, today: (zone) => dateIn(at, zone) }
  return { ...ctx, clock, today: dateIn(at, ctx.tenant.timeZone) }
}

function answered(ctx: WriteContext, patientId: string, answer: 'given' | 'refused') {
  const key = ctx.ids.next<string & never>() as string
  const input = {
    key,
    subject: { kind: 'follow-up' as const, id: null },
    media: 'audio/webm' as const,
    answer,
    lineVersion: 0,
  }
  return begin(ctx, patientId, input).then(({ id }) => ({ id: id as string, key }))
}

async function call(
  ctx: WriteContext,
  folder: string,
  patientId: string,
  { seconds, ends }: { seconds: number; ends: boolean },
): Promise<string> {
  const { id, key } = await answered(ctx, patientId, 'given')
  await changeRecording(ctx.tx, ctx.organizationId, id, { media: 'audio/wav' })
  const pieces = tonePieces(seconds)
  for (const [number, piece] of pieces.entries()) {
    const row = (await findByKey(ctx.tx, ctx.organizationId, key))!
    await keepPiece(ctx, folder, row, { number, key: ctx.ids.next<string & never>() as string, ...piece })
  }
  if (!ends) {
    await closeSilent(ctx.tx, ctx.organizationId, { staffId: ctx.actor.id })
    return id
  }
  for (const mark of content.marks) await putMark(ctx.tx, ctx.organizationId, id, mark)
  await end(ctx, id, pieces.length)
  return id
}
