import { addDays, instantAt } from '../../../platform/clock.ts'
import type { Actor, WriteContext } from '../../../platform/context/context.ts'
import { recordObservations, type NewObservation } from '../../observation/server/index.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { contentOf } from '../contract/template.ts'
import { start, submit } from './draft.ts'
import { findPlan, loadWhole, updatePlan } from './plan-store.ts'
import { shippedPlanTemplates } from './shipped.ts'
import { sign } from './sign.ts'
import { recentAdherence } from './tick.ts'

/** How long the running plan of the demonstration has gone on. */
const BEGUN_DAYS_AGO = 29
const TICKED = ['done', 'done', 'partly', 'done', 'not-done', 'done'] as const

interface Person {
  id: string
  name: string
  manager_id: string
  manager_name: string
}

/** What a demonstration shows: one plan that runs with its ticks, one that waits for the signature. Once. */
export async function furnishCarePlans(ctx: WriteContext): Promise<void> {
  const some = await ctx.tx
    .selectFrom('care_plan')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .limit(1)
    .executeTakeFirst()
  const doctors = await staffInRole(ctx, 'physician')
  if (some) return
  for (const doctor of doctors) {
    const people = await peopleOf(ctx, doctor.id)
    const [one, two] = people
    if (!one || !two) continue
    const asDoctor = acting(ctx, doctor.id, doctor.name, 'physician')
    await running(asDoctor, acting(ctx, one.manager_id, one.manager_name, 'service-manager'), one)
    await waiting(acting(ctx, two.manager_id, two.manager_name, 'service-manager'), two)
    return
  }
}

function acting(ctx: WriteContext, id: string, name: string, role: string): WriteContext {
  const actor: Actor = {
    kind: 'staff',
    organizationId: ctx.organizationId,
    id,
    name,
    roles: [role],
    permissions: new Set(),
  }
  return { ...ctx, actor }
}

function peopleOf(ctx: WriteContext, doctorId: string): Promise<Person[]> {
  return ctx.tx
    .selectFrom('patient as p')
    .innerJoin('staff as m', (j) =>
      j.onRef('m.organization_id', '=', 'p.organization_id').onRef('m.id', '=', 'p.manager_id'),
    )
    .select(['p.id', 'p.name', 'p.manager_id', 'm.name as manager_name'])
    .where('p.organization_id', '=', ctx.organizationId)
    .where('p.doctor_id', '=', doctorId)
    .where('p.state', '=', 'active')
    .where('p.birth_date', '<', addDays(ctx.today, -365 * 40))
    .orderBy('p.id')
    .limit(2)
    .$narrowType<{ manager_id: string }>()
    .execute()
}

function proposalOf(code: string, on: string) {
  const { definition } = shippedPlanTemplates.find((one) => one.code === code)!
  const content = contentOf(definition, on, 'zh-CN')
  const [first] = content.actions
  if (first) first.words = `${first.words}做完在手机上点一下。`
  return { kind: definition.kind, title: definition.title.zh, content, template: { code, version: 1 }, sameReason: '' }
}

/** What is ticked, and when in the day a pressure is taken for it, in minutes. */
const ACTIONS: { key: string; minute?: number }[] = [
  { key: 'measure', minute: 7 * 60 + 10 },
  { key: 'measure-evening', minute: 21 * 60 + 30 },
  { key: 'salt' },
  { key: 'medicine' },
]

/** A pressure at home that comes down over the weeks, with its small ups and downs. */
function pressureOf(ctx: WriteContext, patientId: string, on: string, minute: number, day: number): NewObservation[] {
  const swing = [2, -3, 1, 4, -2, 0, -1][day % 7]!
  const effectiveAt = instantAt(on, minute, ctx.tenant.timeZone)
  const of = (code: string, value: number): NewObservation => ({
    id: ctx.ids.next<string & never>(),
    patientId,
    code,
    value,
    unit: 'mm[Hg]',
    effectiveAt,
    source: 'patient',
    method: 'home',
  })
  return [of('sbp', 148 - Math.round(day / 2) + swing), of('dbp', 93 - Math.round(day / 3) + Math.round(swing / 2))]
}

async function running(asDoctor: WriteContext, asManager: WriteContext, person: Person): Promise<void> {
  const begun = addDays(asDoctor.today, -BEGUN_DAYS_AGO)
  const planId = await start(asManager, person.id, proposalOf('hypertension', begun))
  await sign({ ...asDoctor, today: begun }, person.id, planId, { revision: 1, activeFrom: begun })
  const at = asDoctor.clock.now()
  const readings: NewObservation[] = []
  for (let day = 0; day < BEGUN_DAYS_AGO; day++)
    for (const [n, { key, minute }] of ACTIONS.entries()) {
      const on = addDays(begun, day)
      const outcome = TICKED[(day + n) % TICKED.length]!
      const pressure =
        minute !== undefined && outcome === 'done' ? pressureOf(asDoctor, person.id, on, minute, day) : []
      readings.push(...pressure)
      await asDoctor.tx
        .insertInto('care_plan_check_in')
        .values({
          organization_id: asDoctor.organizationId,
          id: asDoctor.ids.next<string & never>(),
          plan_id: planId,
          action_key: key,
          on_date: on,
          outcome,
          value: pressure[0]?.value ?? null,
          second: pressure[1]?.value ?? null,
          observation_ids: pressure.map(({ id }) => id),
          words: '',
          by_kind: 'patient',
          by_id: null,
          by_name: person.name,
          at,
          replaced_at: null,
        })
        .execute()
    }
  await recordObservations(asDoctor, readings)
  const plan = await findPlan(asDoctor.tx, asDoctor.organizationId, person.id, planId)
  const [whole] = await loadWhole(asDoctor.tx, asDoctor.organizationId, [plan!], begun)
  const adherence = recentAdherence(whole!, asDoctor.today)
  await updatePlan(asDoctor.tx, plan!, {
    adherence: JSON.stringify(adherence),
    adherence_percent: adherence.percent,
    measured_on: asDoctor.today,
  })
}

async function waiting(asManager: WriteContext, person: Person): Promise<void> {
  const planId = await start(asManager, person.id, proposalOf('weight', asManager.today))
  await submit(asManager, person.id, planId, 1)
}
