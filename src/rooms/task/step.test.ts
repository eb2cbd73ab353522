import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { sampleClinic, type SampleClinic } from './sample-clinic.ts'
import { completeTask } from './contract/task.ts'
import { taskStep } from './server/index.ts'
import type { TaskRow } from './server/store.ts'

const house = await aHouse()

/** Tasks that tags ask for. The tags are written here as the care step of tags leaves them. */

async function ward() {
  const clinic = await sampleClinic(house)
  const doctor = await clinic.staff('physician', { name: '张文远' })
  const li = await clinic.staff('service-manager', { name: '李素珍' })
  const publish = (code: string, then: unknown[], tone = 'neutral') =>
    clinic.house.write(
      (ctx) =>
        ctx.tx
          .insertInto('tag_rule')
          .values({
            organization_id: clinic.tenant.id,
            code,
            version: 1,
            state: 'published',
            definition: JSON.stringify({ code, tone, then }),
            author_id: null,
            created_at: ctx.clock.now(),
            published_by: null,
            published_at: ctx.clock.now(),
            retired_at: null,
          } as never)
          .execute(),
      clinic.tenant,
    )
  const asks = (role: 'doctor' | 'manager', dueDays = 7, type = 'recheck') => ({
    task: { type, role, title: { zh: '请复查血压', en: 'Recheck the blood pressure' }, dueDays },
  })
  const setTag = (patientId: string, code: string, over: { state?: string; source?: string; setAt?: string } = {}) =>
    clinic.house.write(async (ctx) => {
      const at = new Date(over.setAt ?? ctx.clock.now())
      await ctx.tx.deleteFrom('patient_tag').where('patient_id', '=', patientId).where('tag_code', '=', code).execute()
      await ctx.tx
        .insertInto('patient_tag')
        .values({
          organization_id: clinic.tenant.id,
          patient_id: patientId,
          tag_code: code,
          source: over.source ?? 'rule',
          state: over.state ?? 'active',
          rule_version: 1,
          set_at: at,
        } as never)
        .execute()
    }, clinic.tenant)
  const clearTag = (patientId: string, code: string) =>
    clinic.house.write(
      (ctx) =>
        ctx.tx.deleteFrom('patient_tag').where('patient_id', '=', patientId).where('tag_code', '=', code).execute(),
      clinic.tenant,
    )
  const evaluate = async (...patientIds: string[]) => {
    await clinic.house.write(
      (ctx) => wake(ctx.tx, clinic.tenant.id, patientIds, 'test', ctx.clock.now()),
      clinic.tenant,
    )
    while ((await evaluateDue(clinic.house.house, clinic.tenant, [taskStep])) > 0);
  }
  return { clinic, doctor, li, publish, asks, setTag, clearTag, evaluate }
}

const tasksOf = (clinic: SampleClinic, patientId: string) =>
  clinic.rows<TaskRow>('task', `patient_id = '${patientId}' order by source_key, id`)

test('a tag asks once for a task, of the doctor or the manager, however often the patient is looked at', async () => {
  const { clinic, doctor, li, publish, asks, setTag, evaluate } = await ward()
  await publish('bp-recheck', [asks('manager', 14)], 'caution')
  await publish('bp-three-days', [asks('doctor', 3, 'diagnosis-assessment')], 'danger')
  const patientId = await clinic.patient('血压高', { doctor, manager: li })
  await setTag(patientId, 'bp-recheck')
  await setTag(patientId, 'bp-three-days')
  for (let i = 0; i < 3; i++) await evaluate(patientId)
  expect(await tasksOf(clinic, patientId)).toMatchObject([
    {
      type: 'recheck',
      owner_id: li.staffId,
      state: 'accepted',
      due_on: '2026-03-16',
      title: '请复查血压',
      title_en: 'Recheck the blood pressure',
      priority: 'routine',
    },
    { type: 'diagnosis-assessment', owner_id: doctor.staffId, due_on: '2026-03-05', priority: 'stat' },
  ])
  expect(await clinic.rows('agenda', `patient_id = '${patientId}' and last_error is not null`)).toEqual([])
})

test('nobody looks after the patient: the pool of service managers', async () => {
  const { clinic, publish, asks, setTag, evaluate } = await ward()
  await publish('bp-recheck', [asks('doctor')])
  const patientId = await clinic.patient('没人管')
  await setTag(patientId, 'bp-recheck')
  await evaluate(patientId)
  expect(await tasksOf(clinic, patientId)).toMatchObject([
    { state: 'requested', owner_id: null, pool_role: 'service-manager' },
  ])
})

test('when the tag is cleared the open task is cancelled, a finished one stays', async () => {
  const { clinic, li, publish, asks, setTag, clearTag, evaluate } = await ward()
  await publish('bp-recheck', [asks('manager'), asks('manager', 1, 'call')])
  const patientId = await clinic.patient('好转', { manager: li })
  await setTag(patientId, 'bp-recheck')
  await evaluate(patientId)
  const [first] = await tasksOf(clinic, patientId)
  await li.call(completeTask, { params: { taskId: first!.id as never }, body: {} })
  await clearTag(patientId, 'bp-recheck')
  await evaluate(patientId)
  await evaluate(patientId)
  expect(await tasksOf(clinic, patientId)).toMatchObject([
    { state: 'completed' },
    { state: 'cancelled', reason_code: 'tag-cleared', closed_by: null },
  ])
  expect(await clinic.events('task.cancelled')).toMatchObject([{ reasonCode: 'tag-cleared', by: null, source: 'tag' }])
})

describe('episodes', () => {
  test('a finished task is not asked for again while the tag stands, but once it is set anew', async () => {
    const { clinic, li, publish, asks, setTag, evaluate } = await ward()
    await publish('bp-recheck', [asks('manager')])
    const patientId = await clinic.patient('反复', { manager: li })
    await setTag(patientId, 'bp-recheck', { setAt: '2026-03-01T00:00:00Z' })
    await evaluate(patientId)
    await li.call(completeTask, { params: { taskId: (await tasksOf(clinic, patientId))[0]!.id as never }, body: {} })
    await evaluate(patientId)
    expect(await tasksOf(clinic, patientId)).toHaveLength(1)
    await setTag(patientId, 'bp-recheck', { setAt: '2026-03-02T01:00:00Z' })
    await evaluate(patientId)
    expect((await tasksOf(clinic, patientId)).map((t) => t.state)).toEqual(['completed', 'accepted'])
  })

  test('a tag that has had its time keeps its open task, and asks for no other', async () => {
    const { clinic, li, publish, asks, setTag, evaluate } = await ward()
    await publish('bp-recheck', [asks('manager')])
    const [kept, never] = [await clinic.patient('到期', { manager: li }), await clinic.patient('未曾', { manager: li })]
    const setAt = '2026-03-01T00:00:00Z'
    await setTag(kept, 'bp-recheck', { setAt })
    await evaluate(kept)
    await setTag(kept, 'bp-recheck', { setAt, state: 'ended' })
    await setTag(never, 'bp-recheck', { setAt, state: 'ended' })
    await evaluate(kept, never)
    expect((await tasksOf(clinic, kept)).map((t) => t.state)).toEqual(['accepted'])
    expect(await tasksOf(clinic, never)).toEqual([])
  })

  test('a suppressed tag asks for nothing, and what it had asked for is cancelled', async () => {
    const { clinic, li, publish, asks, setTag, evaluate } = await ward()
    await publish('bp-recheck', [asks('manager')])
    const patientId = await clinic.patient('抑制', { manager: li })
    const setAt = '2026-03-01T00:00:00Z'
    await setTag(patientId, 'bp-recheck', { setAt })
    await evaluate(patientId)
    await setTag(patientId, 'bp-recheck', { setAt, state: 'suppressed' })
    await evaluate(patientId)
    expect((await tasksOf(clinic, patientId)).map((t) => t.state)).toEqual(['cancelled'])
  })
})

test('tags that ask for other things, by hand, or of the dead make no task; unknown types become other', async () => {
  const { clinic, li, publish, asks, setTag, evaluate } = await ward()
  await publish('quiet', [{ quiet: true }, { message: { template: 'x' } }])
  await publish('by-hand', [asks('manager')])
  await publish('odd', [{ quiet: true }, asks('manager', 0, 'moon-walk')])
  const [a, b, dead, odd] = [
    await clinic.patient('静', { manager: li }),
    await clinic.patient('手工', { manager: li }),
    await clinic.patient('逝者', { manager: li }),
    await clinic.patient('怪', { manager: li }),
  ]
  await setTag(a, 'quiet')
  await setTag(b, 'by-hand', { source: 'manual' })
  await setTag(dead, 'odd')
  await setTag(odd, 'odd')
  await clinic.house.write(
    (ctx) => ctx.tx.updateTable('patient').set({ state: 'deceased' }).where('id', '=', dead).execute(),
    clinic.tenant,
  )
  await evaluate(a, b, dead, odd)
  expect((await clinic.rows<TaskRow>('task')).map((t) => [t.patient_id, t.type, t.due_on])).toEqual([
    [odd, 'other', '2026-03-02'],
  ])
})

test('two workers with the same patients make each task once', async () => {
  const { clinic, li, publish, asks, setTag } = await ward()
  await publish('bp-recheck', [asks('manager')])
  const patientIds: string[] = []
  for (let i = 0; i < 30; i++) {
    patientIds.push(await clinic.patient(`批${String.fromCodePoint(0x5b89 + i)}`, { manager: li }))
    await setTag(patientIds[i]!, 'bp-recheck')
  }
  const batch = { patientIds, now: clinic.house.clock.now(), today: '2026-03-02', propose: () => {} }
  const run = () => clinic.house.write((ctx) => taskStep.evaluate(ctx, batch), clinic.tenant)
  await Promise.all([run(), run(), run()])
  expect(await clinic.rows('task')).toHaveLength(30)
  expect(await clinic.events('task.created')).toHaveLength(30)
})
