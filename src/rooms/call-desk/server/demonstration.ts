import { sql } from 'kysely'
import { addDays, dateIn, instantAt, type Clock } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { createTask } from '../../task/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { CallOutcome } from '../contract/words.ts'
import { takeOne } from './claim.ts'
import { add } from './do-not-call.ts'
import { end } from './end.ts'
import { talk } from './session.ts'
import { tell } from './sound.ts'

/** What a demonstration shows: calls that colleagues asked for, some of them made, and somebody who wants none. Once. */
export async function furnishCallDesk(ctx: WriteContext): Promise<void> {
  const { rows } = await sql`select from call_session where organization_id = ${ctx.organizationId} limit 1`.execute(
    ctx.tx,
  )
  if (rows.length > 0) return
  for (const { id, name } of await staffInRole(ctx, 'service-manager')) {
    const people = await peopleOf(ctx, id)
    if (people.length < content.calls.length + 1) continue
    const roles = ['service-manager']
    const actor = {
      kind: 'staff' as const,
      organizationId: ctx.organizationId,
      id,
      name,
      roles,
      permissions: permissionsOf(roles),
    }
    for (const [index, call] of content.calls.entries()) await asked({ ...ctx, actor }, people[index]!, call)
    await tell(ctx, {
      key: 'demonstration',
      extension: content.sound.extension,
      beganAt: earlier(ctx, -1, content.sound.minute).clock.now().toISOString(),
      durationMs: content.sound.durationMs,
      consent: 'unknown',
    })
    await add({ ...ctx, actor }, { patientId: people[content.calls.length]! as never, ...content.block } as never)
    return
  }
}

async function peopleOf(ctx: WriteContext, managerId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from patient where organization_id = ${ctx.organizationId} and manager_id = ${managerId} and state = 'active'
    order by id desc limit ${content.calls.length + 1}`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

type DemoCall = (typeof content.calls)[number]

/** A call that somebody asked for; some were made on an earlier day. */
async function asked(ctx: WriteContext, patientId: string, call: DemoCall): Promise<void> {
  const { id } = await createTask(ctx, {
    type: 'call',
    title: call.title,
    note: call.note,
    patientId,
    ownerId: ctx.actor.id,
    priority: call.urgent ? 'urgent' : 'routine',
    dueOn: ctx.today,
    plannedOn: addDays(ctx.today, -3),
    source: 'call-desk-demonstration',
    sourceKey: patientId,
  })
  for (const made of call.made) {
    const at = (minute: number) => earlier(ctx, -made.daysAgo, minute)
    const key = ctx.ids.next<string & never>() as string
    const session = await takeOne(at(made.minute), { key, subject: { kind: 'task', id }, because: content.because })
    if (made.talkMinutes > 0) await talk(at(made.minute), session.id)
    await end(at(made.minute + made.talkMinutes), session.id, {
      outcome: made.outcome as CallOutcome,
      note: made.note,
      doNotCall: false,
    })
  }
}

/** The same on another day, at a minute of it. */
function earlier(ctx: WriteContext, days: number, minute: number): WriteContext {
  const today = addDays(ctx.today, days)
  const at = instantAt(today, minute, ctx.tenant.timeZone)
  const clock: Clock = { now: () => at, today: (zone) => dateIn(at, zone) }
  return { ...ctx, clock, today }
}
