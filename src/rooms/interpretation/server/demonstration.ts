import { addDays, dateIn, instantAt, type Clock } from '../../../platform/clock.ts'
import type { Actor, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { untoldOf } from '../../alert/server/index.ts'
import { furnishIssued } from '../../health-report/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import type { Outcome, Way } from '../contract/words.ts'
import { ask, book, miss, offer } from './order.ts'
import { sign } from './outcome.ts'
import { askMore } from './question.ts'

/** One interpretation in each state, for somebody else each. */
const PEOPLE = 7

/** What a demonstration shows: a doctor's times, and an interpretation in each state. Once. */
export async function furnishInterpretations(ctx: WriteContext, house: House): Promise<void> {
  const some = await ctx.tx
    .selectFrom('interpretation_slot')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .limit(1)
    .executeTakeFirst()
  if (some) return
  for (const { id, name } of await staffInRole(ctx, 'physician')) {
    const asDoctor = acting(ctx, { kind: 'staff', id, name, roles: ['physician'] })
    const reports = await furnishIssued(asDoctor, house, PEOPLE)
    if (reports.length < PEOPLE) continue
    await times(asDoctor)
    await states(asDoctor, reports)
    return
  }
}

function acting(
  ctx: WriteContext,
  { kind, id, name, roles }: Pick<Actor, 'kind' | 'id' | 'name' | 'roles'>,
): WriteContext {
  return { ...ctx, actor: { kind, organizationId: ctx.organizationId, id, name, roles, permissions: new Set() } }
}

/** The same some days earlier: what was agreed on then lies behind us now. */
function earlier(ctx: WriteContext, days: number): WriteContext {
  const at = new Date(ctx.clock.now().getTime() - days * 86_400_000)
  const clock: Clock = { now: () => at, today: (zone) => dateIn(at, zone) }
  return { ...ctx, clock, today: dateIn(at, ctx.tenant.timeZone) }
}

const WAYS: readonly Way[] = ['phone', 'video', 'phone', 'in-person', 'phone', 'voice']

/** Two hours in the afternoon of each day, from three days ago until in ten days. */
async function times(ctx: WriteContext): Promise<void> {
  for (let day = -3; day <= 10; day++)
    for (let n = 0; n < WAYS.length; n++)
      await ctx.tx
        .insertInto('interpretation_slot')
        .values({
          organization_id: ctx.organizationId,
          id: ctx.ids.next<string>(),
          doctor_id: ctx.actor.id!,
          ...spanOf(ctx, addDays(ctx.today, day), 14 * 60 + n * 20),
          way: WAYS[n]!,
          place: WAYS[n] === 'video' ? content.video : WAYS[n] === 'in-person' ? content.room : '',
          series_id: null,
          created_at: ctx.clock.now(),
        })
        .execute()
}

function spanOf({ tenant }: WriteContext, day: string, minute: number) {
  return { starts_at: instantAt(day, minute, tenant.timeZone), ends_at: instantAt(day, minute + 20, tenant.timeZone) }
}

async function timeAt(ctx: WriteContext, days: number, place: number): Promise<string> {
  const rows = await ctx.tx
    .selectFrom('interpretation_slot')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('doctor_id', '=', ctx.actor.id)
    .where('starts_at', '>=', instantAt(addDays(ctx.today, days), 0, ctx.tenant.timeZone))
    .orderBy('starts_at')
    .limit(place + 1)
    .execute()
  return rows[place]!.id
}

async function states(ctx: WriteContext, reports: readonly { patientId: string; reportId: string }[]): Promise<void> {
  const questions = content.questions
  const asked: string[] = []
  for (const [n, { patientId, reportId }] of reports.entries()) {
    const patient = await patientSummary(ctx, patientId)
    const asPatient = acting(ctx, { kind: 'patient', id: patientId, name: patient?.name ?? '', roles: [] })
    asked.push(
      await ask(n === 2 ? ctx : earlier(asPatient, 4), patientId, {
        reportId,
        question: questions[n % questions.length]!,
      }),
    )
  }
  const [, , offered, soon, tomorrow, missed, done] = asked
  await offer(ctx, offered!, [await timeAt(ctx, 1, 1), await timeAt(ctx, 2, 0), await timeAt(ctx, 3, 3)])
  await book(ctx, soon!, await timeAt(ctx, 1, 0))
  await book(ctx, tomorrow!, await timeAt(ctx, 2, 3))
  await book(earlier(ctx, 3), missed!, await timeAt(ctx, -1, 0))
  await miss(ctx, missed!, content.missed)
  await book(earlier(ctx, 3), done!, await timeAt(ctx, -2, 2))
  const doneFor = reports.at(-1)!.patientId
  const told = (await untoldOf(ctx, doneFor)).map(({ id }) => ({ alertId: id, readBack: content.readBack }))
  await sign(earlier(ctx, 1), done!, { outcome: outcomeOf(ctx), told })
  const asDone = acting(ctx, { kind: 'patient', id: doneFor, name: '', roles: [] })
  await askMore(asDone, done!, { text: content.further, key: ctx.ids.next<string>() })
}

function outcomeOf(ctx: WriteContext): Outcome {
  const { recheck, monthly, ...rest } = content.outcome
  return {
    ...(rest as Omit<Outcome, 'recheck' | 'monthly'>),
    recheck: { what: recheck, from: addDays(ctx.today, 80), until: addDays(ctx.today, 110) },
    monthly: { months: 3, reason: monthly },
  }
}
