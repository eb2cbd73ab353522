import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createTask } from '../task/server/index.ts'
import {
  listAllPlans,
  listPlans,
  movePlan,
  readPlan,
  returnPlan,
  savePlanDraft,
  signPlan,
  startPlan,
  submitPlan,
  discardPlanDraft,
  carePlanTimeline,
} from './contract/plan.ts'
import { aPlanClinic, ofPatient, ofPlan, TEMPLATE } from './sample-clinic.ts'

const clinic = await aPlanClinic()
const { house, doctor, manager, counsellor } = clinic
const today = () => house.clock.today(house.tenant.timeZone)
const db = () => house.house.databases.of(house.tenant.id)

async function auditOf(action: string): Promise<{ outcome: string; patient_id: string | null }[]> {
  const { rows } = await sql<{
    outcome: string
    patient_id: string | null
  }>`select outcome, patient_id from audit_entry where organization_id = ${house.tenant.id} and action = ${action}`.execute(
    db(),
  )
  return rows
}

describe('drafted, signed, in force', () => {
  test('the manager drafts, the doctor signs, the task goes with it, and all is audited', async () => {
    const patient = await clinic.aPatient()
    const draft = await clinic.drafted(patient)
    expect(draft).toMatchObject({ state: 'draft', version: null, can: ['revise', 'submit', 'discard'] })
    const asked = await manager.call(submitPlan, { ...ofPlan(patient, draft.id), body: { revision: 1 } })
    expect(asked).toMatchObject({ waiting: true, draft: { state: 'submitted', similarityPercent: 91 } })
    const task = await db()
      .selectFrom('task')
      .selectAll()
      .where('source', '=', 'care-plan-sign')
      .where('patient_id', '=', patient)
      .executeTakeFirstOrThrow()
    expect(task).toMatchObject({ owner_id: doctor.staffId, state: 'accepted' })
    const signed = await doctor.call(signPlan, {
      ...ofPlan(patient, draft.id),
      body: { revision: asked.draft!.revision, activeFrom: today() },
    })
    expect(signed).toMatchObject({ state: 'active', version: 1, startedOn: today(), waiting: false, draft: null })
    expect(signed.versions[0]).toMatchObject({ signedBy: '张文远', draftedBy: '李素珍', similarityPercent: 91 })
    expect(signed.steps.map(({ day, state }) => [day, state])).toEqual([
      [7, 'ahead'],
      [15, 'ahead'],
      [30, 'ahead'],
    ])
    await house.settle()
    expect(await db().selectFrom('task').select('state').where('id', '=', task.id).executeTakeFirst()).toEqual({
      state: 'completed',
    })
    expect((await auditOf('care-plan.sign')).some(({ patient_id }) => patient_id === patient)).toBe(true)
    expect((await auditOf('care-plan.draft')).some(({ patient_id }) => patient_id === patient)).toBe(true)
  })

  test('a manager never signs, not even by the address', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.submitted(patient)
    const answer = await manager.try(signPlan, {
      ...ofPlan(patient, plan.id),
      body: { revision: plan.draft!.revision, activeFrom: today() },
    })
    expect(answer).toMatchObject({ status: 403, code: 'NotPermitted' })
    expect((await auditOf('care-plan.sign')).some(({ outcome }) => outcome === 'denied')).toBe(true)
  })

  test('a doctor may draft and sign', async () => {
    const patient = await clinic.aPatient()
    const plan = await doctor.call(startPlan, {
      ...ofPatient(patient),
      body: { kind: 'own', title: '自己写的方案', content: clinic.content() },
    })
    expect(plan.draft!.similarityPercent).toBeNull()
    const signed = await doctor.call(signPlan, {
      ...ofPlan(patient, plan.id),
      body: { revision: 1, activeFrom: today() },
    })
    expect(signed.state).toBe('active')
  })

  test('two who sign at once: one does, the other is told', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.submitted(patient)
    const body = { revision: plan.draft!.revision, activeFrom: today() }
    const answers = await Promise.all([1, 2].map(() => doctor.try(signPlan, { ...ofPlan(patient, plan.id), body })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)!.code).toBe('CarePlanSigned')
  })

  test('two who change the draft at once: one does', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.drafted(patient)
    const body = { title: '改过的方案', content: clinic.content(), revision: 1 }
    const answers = await Promise.all(
      [manager, doctor].map((who) => who.try(savePlanDraft, { ...ofPlan(patient, plan.id), body })),
    )
    expect(answers.map(({ status, code }) => [status, code]).toSorted()).toEqual([
      [200, undefined],
      [409, 'ChangedMeanwhile'],
    ])
  })

  test('one open plan of a kind, also when two begin at once', async () => {
    const patient = await clinic.aPatient()
    const body = { kind: 'weight', title: '体重方案', content: clinic.content() }
    const answers = await Promise.all([1, 2].map(() => manager.try(startPlan, { ...ofPatient(patient), body })))
    expect(answers.map(({ status, code }) => [status, code]).toSorted()).toEqual([
      [200, undefined],
      [409, 'CarePlanKindOpen'],
    ])
  })

  test('the day a plan begins is today or soon', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.drafted(patient)
    for (const activeFrom of ['2026-03-01', '2026-09-01'])
      expect(
        await doctor.try(signPlan, { ...ofPlan(patient, plan.id), body: { revision: 1, activeFrom } }),
      ).toMatchObject({ code: 'CarePlanStartUnfit' })
  })

  test('a draft that was given back says what to change, and goes to its author', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.submitted(patient)
    const back = await doctor.call(returnPlan, {
      ...ofPlan(patient, plan.id),
      body: { revision: plan.draft!.revision, note: '她膝盖不好，改成骑车' },
    })
    expect(back).toMatchObject({ waiting: false, draft: { state: 'draft', returnedNote: '她膝盖不好，改成骑车' } })
    const task = await db()
      .selectFrom('task')
      .selectAll()
      .where('source', '=', 'care-plan-return')
      .executeTakeFirstOrThrow()
    expect(task.owner_id).toBe(manager.staffId)
  })

  test('a draft that is given up leaves a plan that never ran', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.submitted(patient)
    const gone = await manager.call(discardPlanDraft, ofPlan(patient, plan.id))
    expect(gone).toMatchObject({ state: 'discarded', can: [] })
    const again = await manager.try(savePlanDraft, {
      ...ofPlan(patient, plan.id),
      body: { title: '再来', content: clinic.content(), revision: 0 },
    })
    expect(again.code).toBe('CarePlanClosed')
  })
})

describe('S1-14 no plan off the peg', () => {
  test('the template word for word is refused at submitting and at signing', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.drafted(patient, () => {})
    expect(plan.draft).toMatchObject({ similarityPercent: 100, fromTemplate: [] })
    const { revision } = plan.draft!
    expect(await manager.try(submitPlan, { ...ofPlan(patient, plan.id), body: { revision } })).toMatchObject({
      status: 422,
      code: 'CarePlanSameAsTemplate',
    })
    expect(
      await doctor.try(signPlan, { ...ofPlan(patient, plan.id), body: { revision, activeFrom: today() } }),
    ).toMatchObject({ code: 'CarePlanSameAsTemplate' })
  })

  test('with the reason why it fits, it may be signed; a dot is no reason', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.drafted(patient, () => {})
    const save = (sameReason: string, revision: number) =>
      manager.call(savePlanDraft, {
        ...ofPlan(patient, plan.id),
        body: { title: plan.title, template: TEMPLATE, content: clinic.content(), sameReason, revision },
      })
    const dotted = await save('。', 1)
    expect(
      (await manager.try(submitPlan, { ...ofPlan(patient, plan.id), body: { revision: dotted.draft!.revision } })).code,
    ).toBe('CarePlanSameAsTemplate')
    const said = await save('第一次做，先照常用量试两周', dotted.draft!.revision)
    expect(
      (await manager.call(submitPlan, { ...ofPlan(patient, plan.id), body: { revision: said.draft!.revision } }))
        .waiting,
    ).toBe(true)
  })

  test('what differs is shown', async () => {
    const plan = await clinic.drafted(await clinic.aPatient())
    expect(plan.draft!.fromTemplate).toMatchObject([
      { part: 'goal', key: 'sbp', change: 'changed', before: '收缩压 < 140', after: '收缩压 < 135' },
    ])
  })
})

describe('S1-18 a revision rests on a finding', () => {
  test('the next version names it, the old one stays, and it counts from its day', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.running(patient)
    const finding = await clinic.aValue(patient, 'sbp', 158)
    const body = { title: plan.title, content: clinic.content((c) => void c.actions.splice(1, 1)), revision: 0 }
    expect(await manager.try(savePlanDraft, { ...ofPlan(patient, plan.id), body })).toMatchObject({
      code: 'CarePlanCauseMissing',
    })
    const cause = { kind: 'observation' as const, id: finding, words: '早上血压连续偏高' }
    const drafted = await manager.call(savePlanDraft, { ...ofPlan(patient, plan.id), body: { ...body, cause } })
    expect(drafted.draft).toMatchObject({
      version: 2,
      cause,
      fromLast: [
        { part: 'goal', key: 'sbp' },
        { key: 'salt', change: 'removed' },
      ],
    })
    expect(drafted.actions.map(({ key }) => key)).toContain('salt')
    const activeFrom = '2026-03-05'
    const signed = await doctor.call(signPlan, {
      ...ofPlan(patient, plan.id),
      body: { revision: drafted.draft!.revision, activeFrom },
    })
    expect(signed.versions.map(({ version }) => version)).toEqual([2, 1])
    expect(signed.actions.map(({ key }) => key)).toContain('salt')
    await clinic.pass(4)
    expect((await clinic.read(plan, patient)).actions.map(({ key }) => key)).not.toContain('salt')
  })

  test('a finding of somebody else is none', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.running(patient)
    const cause = {
      kind: 'observation' as const,
      id: await clinic.aValue(await clinic.aPatient(), 'sbp', 160),
      words: '血压偏高了',
    }
    const body = { title: plan.title, content: clinic.content(), revision: 0, cause }
    expect(await manager.try(savePlanDraft, { ...ofPlan(patient, plan.id), body })).toMatchObject({
      code: 'CarePlanCauseUnknown',
    })
  })
})

describe('at a glance', () => {
  test('goals show the value before, the value now, and whether it is met', async () => {
    const patient = await clinic.aPatient()
    await clinic.aValue(patient, 'sbp', 152, 5)
    const plan = await clinic.running(patient)
    await clinic.pass(3)
    await clinic.aValue(patient, 'sbp', 131)
    const [sbp] = (await clinic.read(plan, patient)).goals
    expect(sbp).toMatchObject({
      name: '收缩压',
      unitPrinted: 'mmHg',
      before: { value: 152 },
      current: { value: 131 },
      direction: 'down',
      met: true,
    })
  })

  test.each([
    [
      'an indicator nobody knows',
      { key: 'x-1', code: 'nonsense', comparator: '<', value: 1, words: '', byOn: null },
      'CarePlanIndicatorUnknown',
    ],
    [
      'half a goal',
      { key: 'x-1', code: 'sbp', comparator: null, value: 120, words: '', byOn: null },
      'CarePlanGoalEmpty',
    ],
    [
      'no goal at all',
      { key: 'x-1', code: null, comparator: null, value: null, words: '', byOn: null },
      'CarePlanGoalEmpty',
    ],
  ])('%s is refused', async (_what, goal, code) => {
    const content = clinic.content((c) => void c.goals.push(goal as never))
    const answer = await manager.try(startPlan, {
      ...ofPatient(await clinic.aPatient()),
      body: { kind: 'other', title: '方案', content },
    })
    expect(answer).toMatchObject({ status: 422, code })
  })

  test('an empty plan is no plan', async () => {
    const body = { kind: 'other', title: '方案', content: { goals: [], actions: [], steps: [] } }
    expect((await manager.try(startPlan, { ...ofPatient(await clinic.aPatient()), body })).status).toBe(400)
  })
})

describe('pause, resume, end', () => {
  const move = (
    patient: string,
    planId: string,
    body: { act: 'pause' | 'resume' | 'end'; reason?: 'goal-met'; note?: string },
  ) => manager.try(movePlan, { ...ofPlan(patient, planId), body })

  test('with their days and reasons', async () => {
    const patient = await clinic.aPatient()
    const { id } = await clinic.running(patient)
    expect((await move(patient, id, { act: 'resume' })).code).toBe('CarePlanNotActive')
    expect((await move(patient, id, { act: 'pause', note: '住院' })).body).toMatchObject({
      state: 'paused',
      pausedSince: today(),
    })
    expect((await move(patient, id, { act: 'resume' })).body).toMatchObject({ state: 'active', pausedSince: null })
    const ended = await move(patient, id, { act: 'end', reason: 'goal-met', note: '血压稳定了' })
    expect(ended.body).toMatchObject({
      state: 'ended',
      endReason: 'goal-met',
      steps: [{ state: 'cancelled' }, { state: 'cancelled' }, { state: 'cancelled' }],
    })
    expect((await move(patient, id, { act: 'pause' })).code).toBe('CarePlanClosed')
    const { rows } = await doctor.call(carePlanTimeline, { ...ofPatient(patient), query: {} as never })
    expect(rows.map(({ code }) => code)).toEqual(['ended', 'resumed', 'paused', 'signed'])
  })
})

describe('who sees what', () => {
  test('the counsellor reads the shared plan and writes none', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.running(patient)
    expect((await counsellor.call(listPlans, ofPatient(patient))).can.draft).toBe(false)
    expect((await clinic.read(plan, patient, counsellor)).can).toEqual([])
    expect(
      (
        await counsellor.try(startPlan, {
          ...ofPatient(patient),
          body: { kind: 'x1', title: '方案', content: clinic.content() },
        })
      ).status,
    ).toBe(403)
  })

  test.each(['front-desk', 'sales-manager', 'quality-lead', 'content-editor', 'system-administrator'] as const)(
    'a %s reads none',
    async (role) => {
      const patient = await clinic.aPatient()
      const who = await house.as(role)
      expect((await who.try(listPlans, ofPatient(patient))).status).toBe(403)
    },
  )

  test('a colleague who does not look after the person finds nothing', async () => {
    const patient = await clinic.aPatient()
    const plan = await clinic.running(patient)
    const other = await house.as('physician')
    expect((await other.try(readPlan, ofPlan(patient, plan.id))).status).toBe(404)
    expect((await doctor.try(readPlan, ofPlan(await clinic.aPatient(), plan.id))).status).toBe(404)
    expect((await other.call(listAllPlans, { query: {} as never })).rows).toEqual([])
  })
})

test('lists: waiting, running, ended; page by page', async () => {
  const own = await aPlanClinic(house)
  const people = await Promise.all([1, 2, 3].map(() => own.aPatient()))
  for (const patient of people) await own.submitted(patient)
  const waiting = await own.doctor.call(listAllPlans, { query: { filter: 'waiting', limit: 2 } as never })
  expect(waiting.rows.map(({ draftedBy }) => draftedBy)).toEqual(['李素珍', '李素珍'])
  const rest = await own.doctor.call(listAllPlans, {
    query: { filter: 'waiting', limit: 2, cursor: waiting.next } as never,
  })
  expect(new Set([...waiting.rows, ...rest.rows].map(({ patient }) => patient.id))).toEqual(new Set(people))
  expect((await own.doctor.call(listAllPlans, { query: { filter: 'ended' } as never })).rows).toEqual([])
  expect((await own.doctor.try(listAllPlans, { query: { cursor: 'nonsense' } as never })).status).toBe(404)
})

test('a task of another room does not end a step', async () => {
  const patient = await clinic.aPatient()
  const plan = await clinic.running(patient)
  const { id } = await house.write((ctx) =>
    createTask(ctx, { type: 'other', patientId: patient, source: 'elsewhere', sourceKey: `${plan.id}:7` }),
  )
  expect(id).not.toBeNull()
  await house.settle()
  expect((await clinic.read(plan, patient)).steps.every(({ state }) => state === 'ahead')).toBe(true)
})
