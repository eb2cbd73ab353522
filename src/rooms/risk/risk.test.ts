import { describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse, type Caller } from '../../../test/house.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { addCondition, recordObservations, retractFact } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { answerRisks, assessRisks, decideRelease, listInstruments, listRisks } from './contract/risk.ts'
import { riskAssessed } from './contract/events.ts'
import { assess } from './server/assess.ts'
import { riskStep } from './server/index.ts'
import { assessDue } from './server/step.ts'

const house = await aHouse({ now: '2026-11-22T02:00:00Z' })
const { tenant } = house
const db = () => house.house.databases.of(tenant.id)
const doctor = await house.as('physician', { name: '张医生' })
const manager = await house.as('service-manager', { name: '李健管' })

async function aPatient(person: { birthDate?: string; sex?: 'male' | 'female' } = {}): Promise<string> {
  return house.write(async (ctx) => {
    const id = await registerPatient(ctx, { name: '王秀兰', sex: 'female', birthDate: '1960-05-01', ...person })
    await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId })
    return id
  })
}

async function measured(patientId: string, values: Record<string, number>, daysAgo = 0): Promise<string[]> {
  return house.write(async (ctx) => {
    const effectiveAt = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
    const rows = Object.entries(values).map(([code, value]) => ({
      id: ctx.ids.next<string>(),
      patientId,
      code,
      value,
      effectiveAt,
      source: 'staff',
    }))
    await recordObservations(ctx, rows)
    return rows.map(({ id }) => id)
  })
}

const evaluate = async () => {
  while ((await evaluateDue(house.house, tenant, [riskStep])) > 0);
  house.clock.advance({ seconds: 3 })
  await assessDue(house.house, tenant)
}
const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const risksOf = (patientId: string, who: Caller = doctor) => who.call(listRisks, of(patientId))
const lineOf = async (patientId: string, instrument: string, who?: Caller) =>
  (await risksOf(patientId, who)).risks.find((one) => one.instrument === instrument)!
const answers = (list: Record<string, boolean | number | string>) => ({
  answers: Object.entries(list).map(([question, value]) => ({ question, value })),
})
const rowsOf = (patientId: string, instrument = 'osta') =>
  db()
    .selectFrom('risk_assessment')
    .selectAll()
    .where('patient_id', '=', patientId)
    .where('instrument', '=', instrument)
    .orderBy('id')
    .execute()

/** A woman of 66 years with a weight, who is past the menopause: all that OSTA asks. */
async function anOldWoman(weightKg = 50): Promise<string> {
  const id = await aPatient()
  await measured(id, { weight: weightKg })
  await doctor.call(answerRisks, { ...of(id), body: answers({ postmenopausal: true }) })
  return id
}

describe('computed from the record', () => {
  test('band, value, what was used and when it is due again', async () => {
    const line = await lineOf(await anOldWoman(), 'osta')
    expect(line).toMatchObject({ state: 'computed', changed: false, badge: 'secondary', missing: [] })
    expect(line.newest).toMatchObject({
      band: 'medium',
      value: -3.2,
      because: 'asked',
      askedBy: '张医生',
      expiresOn: '2027-11-22',
      release: { state: 'waiting', number: 0 },
    })
    expect(line.newest!.inputs).toMatchObject([
      { input: 'weightKg', value: 50, unit: 'kg', from: 'observation', on: '2026-11-22' },
      { input: 'age', value: 66, unit: '岁', from: 'person' },
    ])
  })

  test('what is missing is named, with the way to give it', async () => {
    const id = await aPatient()
    const line = await lineOf(id, 'osta')
    expect(line.state).toBe('missing')
    expect(line.newest).toBeNull()
    expect(line.missing.map(({ label, way }) => [label.zh, way])).toEqual([
      ['已经绝经', { question: 'postmenopausal', kind: 'yes-no', choices: [], min: null, max: null }],
      ['体重', { measure: [{ code: 'weight', label: { zh: '体重', en: 'Body weight' }, unit: 'kg', ucum: 'kg' }] }],
    ])
  })

  test('what is out of range is named and not clamped', async () => {
    const id = await anOldWoman(20)
    const line = await lineOf(id, 'osta')
    expect(line.state).toBe('out-of-range')
    expect(line.outOfRange).toMatchObject([{ label: { zh: '体重' }, value: 20, reason: 'below', limit: 25 }])
    expect(await rowsOf(id)).toEqual([])
  })

  test('a man, and a woman before the menopause, are told that it is not for them', async () => {
    const man = await aPatient({ sex: 'male' })
    expect((await lineOf(man, 'osta')).notApplicable?.zh).toContain('女性')
    const woman = await aPatient()
    await measured(woman, { weight: 50 })
    await doctor.call(answerRisks, { ...of(woman), body: answers({ postmenopausal: false }) })
    expect(await lineOf(woman, 'osta')).toMatchObject({ state: 'not-applicable', newest: null })
  })

  test('nobody under 18, and nobody whose age is not known', async () => {
    const child = await aPatient({ birthDate: '2008-11-23' })
    await measured(child, { weight: 50, height: 160, bmi: 19.5 })
    await evaluate()
    expect(await risksOf(child)).toMatchObject({ who: 'minor', risks: [], can: { assess: false } })
    expect((await doctor.try(assessRisks, of(child))).code).toBe('NotForMinors')
    const rows = await db().selectFrom('risk_assessment').select('id').where('patient_id', '=', child).execute()
    expect(rows).toEqual([])
  })
})

describe('on new facts', () => {
  test('the care step adds one row, again none, and another when a fact is newer', async () => {
    const id = await anOldWoman()
    await evaluate()
    expect(await rowsOf(id)).toHaveLength(1)
    house.clock.advance({ minutes: 1 })
    await measured(id, { weight: 44 })
    await evaluate()
    await evaluate()
    const rows = await rowsOf(id)
    expect(rows.map((row) => [row.band, row.because, row.before_id])).toEqual([
      ['medium', 'asked', null],
      ['high', 'facts', rows[0]!.id],
    ])
  })

  test('a value that is withdrawn brings the former result back as a new row', async () => {
    const id = await anOldWoman()
    house.clock.advance({ minutes: 1 })
    const [wrong] = await measured(id, { weight: 44 })
    await evaluate()
    await house.write((ctx) => retractFact(ctx, 'observation', { patientId: id, id: wrong! }, '量错了'))
    await doctor.call(assessRisks, of(id))
    expect((await rowsOf(id)).map((row) => row.band)).toEqual(['medium', 'high', 'medium'])
  })

  test('two who assess at once make one row', async () => {
    const id = await anOldWoman()
    house.clock.advance({ minutes: 1 })
    await measured(id, { weight: 61 })
    await Promise.all([doctor.call(assessRisks, of(id)), manager.call(assessRisks, of(id)), evaluate()])
    expect((await rowsOf(id)).map((row) => row.value)).toEqual([-3.2, -1])
  })

  test('a birthday alone computes nothing, and whoever has no new fact is passed over', async () => {
    const id = await anOldWoman()
    await evaluate()
    const onBirthday = await house.write((ctx) =>
      assess({ ...ctx, today: '2027-05-01' }, { patientIds: [id], because: 'facts', onlyChanged: true }),
    )
    expect(onBirthday).toBe(0)
    expect(await rowsOf(id)).toHaveLength(1)
  })

  test('two rounds at once and a batch twice: each fact is looked at once, and nothing is left', async () => {
    const id = await anOldWoman()
    house.clock.advance({ minutes: 1 })
    await measured(id, { weight: 44 })
    for (let n = 0; n < 3; n++)
      await house.write((ctx) => riskStep.evaluate(ctx, { patientIds: [id], now: ctx.clock.now() } as never))
    while ((await evaluateDue(house.house, tenant, [])) > 0);
    house.clock.advance({ seconds: 3 })
    await Promise.all([assessDue(house.house, tenant), assessDue(house.house, tenant)])
    expect((await rowsOf(id)).map((row) => row.band)).toEqual(['medium', 'high'])
    expect(await db().selectFrom('risk_due').select('id').execute()).toEqual([])
  })

  test('while people wait for the care engine an estimate gives way, for a minute', async () => {
    const id = await anOldWoman()
    await house.write((ctx) => riskStep.evaluate(ctx, { patientIds: [id], now: ctx.clock.now() } as never))
    await measured(id, { weight: 44 })
    house.clock.advance({ seconds: 3 })
    const bands = async () => (await rowsOf(id)).map(({ band }) => band)
    await assessDue(house.house, tenant)
    expect(await bands()).toEqual(['medium'])
    house.clock.advance({ minutes: 1 })
    await assessDue(house.house, tenant)
    expect(await bands()).toEqual(['medium', 'high'])
  })

  test('an event tells the band and how long it holds, once', async () => {
    const id = await anOldWoman()
    house.clock.advance({ minutes: 1 })
    await measured(id, { weight: 44 })
    const told: unknown[] = []
    const again = () =>
      house.write((ctx) =>
        assess(
          { ...ctx, emitMany: async (_event, payloads) => void told.push(...payloads) },
          { patientIds: [id], because: 'facts', onlyChanged: true },
        ),
      )
    await again()
    await again()
    expect(told).toMatchObject([{ patientId: id, instrument: 'osta', band: 'high' }])
    expect(riskAssessed.payload.safeParse(told[0]).success).toBe(true)
  })
})

describe('answers', () => {
  test('stand with who gave them, and only as the instruments can take them', async () => {
    const id = await aPatient()
    const send = (list: Record<string, boolean | number | string>) =>
      manager.try(answerRisks, { ...of(id), body: answers(list) })
    expect((await send({ 'who-knows': true })).code).toBe('QuestionUnknown')
    expect((await send({ postmenopausal: 'maybe' })).code).toBe('AnswerUnfit')
    expect((await send({ postmenopausal: true })).status).toBe(200)
    const row = await db().selectFrom('risk_answer').selectAll().where('patient_id', '=', id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ question: 'postmenopausal', value: true, by_name: '李健管', at: house.clock.now() })
  })

  test('a diagnosis in the record is not asked again', async () => {
    const id = await aPatient()
    await house.write((ctx) => addCondition(ctx, { patientId: id, code: 'E11', name: '2型糖尿病' }))
    const asked = (await risksOf(id)).risks.flatMap(({ missing }) =>
      missing.map(({ way }) => ('question' in way ? way.question : '')),
    )
    expect(asked).not.toContain('diabetes')
  })
})

describe('release', () => {
  const decide = (
    who: Caller,
    patientId: string,
    assessmentId: string,
    body: { decision: 'released' | 'withheld'; note?: string; after: number },
  ) => who.try(decideRelease, { params: { patientId: patientId as never, assessmentId: assessmentId as never }, body })

  test('a physician releases; a service manager may not; keeping back needs a reason', async () => {
    const id = await anOldWoman()
    const { newest } = await lineOf(id, 'osta')
    expect((await decide(manager, id, newest!.id, { decision: 'released', after: 0 })).status).toBe(403)
    expect((await decide(doctor, id, newest!.id, { decision: 'withheld', after: 0 })).code).toBe('WithholdNeedsReason')
    expect((await decide(doctor, id, newest!.id, { decision: 'released', after: 0 })).status).toBe(200)
    expect((await lineOf(id, 'osta')).newest!.release).toMatchObject({ state: 'released', by: '张医生', number: 1 })
    expect((await decide(doctor, id, newest!.id, { decision: 'withheld', note: '先面谈', after: 1 })).status).toBe(200)
    expect((await lineOf(id, 'osta')).newest!.release).toMatchObject({ state: 'withheld', note: '先面谈', number: 2 })
  })

  test('two who decide at once: one is told that it has changed', async () => {
    const id = await anOldWoman()
    const { newest } = await lineOf(id, 'osta')
    const both = await Promise.all([
      decide(doctor, id, newest!.id, { decision: 'released', after: 0 }),
      decide(doctor, id, newest!.id, { decision: 'withheld', note: '先面谈', after: 0 }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('a result of somebody else is not found', async () => {
    const [one, other] = [await anOldWoman(), await anOldWoman()]
    const { newest } = await lineOf(one, 'osta')
    expect((await decide(doctor, other, newest!.id, { decision: 'released', after: 0 })).code).toBe('AssessmentUnknown')
  })
})

describe('two files of one person', () => {
  test('results and answers of the file that was merged in are read along, until that is undone', async () => {
    const former = await anOldWoman()
    const into = await aPatient()
    await measured(into, { weight: 50 })
    expect(await lineOf(into, 'osta')).toMatchObject({ state: 'missing', newest: null })
    const undone = async (at: Date | null) => {
      await db().updateTable('patient_merge').set({ undone_at: at }).where('from_id', '=', former).execute()
    }
    await house.write((ctx) =>
      ctx.tx
        .insertInto('patient_merge')
        .values({
          organization_id: tenant.id,
          id: ctx.ids.next<string>(),
          proposal_id: ctx.ids.next<string>(),
          from_id: former,
          into_id: into,
          chosen: '{}',
          before: '{}',
          after: '{}',
          reason: '同一人',
          merged_by: null,
          merged_by_name: '测试',
          merged_at: ctx.clock.now(),
          undone_by: null,
          undone_at: null,
        })
        .execute(),
    )
    expect(await lineOf(into, 'osta')).toMatchObject({ state: 'computed', missing: [], newest: { band: 'medium' } })
    await undone(house.clock.now())
    expect(await lineOf(into, 'osta')).toMatchObject({ state: 'missing', newest: null })
  })
})

describe('who may', () => {
  test.each([
    'sales-manager',
    'front-desk',
    'counsellor',
    'desk-agent',
    'content-editor',
    'quality-lead',
    'corporate-hr',
    'system-administrator',
  ] as const)('a %s reads no risk', async (role) => {
    const id = await anOldWoman()
    const who = await house.as(role)
    expect((await who.try(listRisks, of(id))).status).toBe(403)
    expect((await who.try(assessRisks, of(id))).status).toBe(403)
  })

  test('a physician sees their own patients only, and the look is in the audit log', async () => {
    const id = await anOldWoman()
    const other = await house.as('physician')
    expect((await other.try(listRisks, of(id))).status).toBe(404)
    await risksOf(id)
    const { rows } = await sql<{ action: string }>`
      select action from audit_entry where patient_id = ${id} and action = 'risk.read' and actor_id = ${doctor.staffId}`.execute(
      db(),
    )
    expect(rows.length).toBeGreaterThan(0)
  })

  test('instruments are listed with what their numbers rest on; a sales manager has no use for them', async () => {
    const { instruments } = await (await house.as('medical-reviewer')).call(listInstruments)
    expect(instruments.find(({ code }) => code === 'osta')).toMatchObject({
      badge: 'secondary',
      fromRecord: true,
      version: '1',
    })
    expect((await (await house.as('sales-manager')).try(listInstruments)).status).toBe(403)
  })
})
