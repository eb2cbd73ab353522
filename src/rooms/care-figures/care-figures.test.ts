import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { installShippedProtocols } from '../follow-up/server/index.ts'
import { getSatisfaction } from '../satisfaction/contract/satisfaction.ts'
import { furnishSatisfaction } from '../satisfaction/server/index.ts'
import { careFigureRows, careReports, getCareFigures } from './contract/care-figures.ts'
import { aCarePlan, aKnownPerson, aRun, aVisit } from './sample-care.ts'
import { makeReport } from './server/report.ts'

/** Whose figures somebody sees, what is told of too few, what is kept of a month. */
const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const SPAN = { from: '2026-02-01', until: '2026-02-28' }
let nurse: Caller
let other: Caller
let lead: Caller

/** One follow-up in February each: of 48 people of a colleague 36 done; of 5 of the nurse 2; one of a pathway for the mind. */
beforeAll(async () => {
  await house.write(installShippedProtocols)
  await sql`insert into protocol (organization_id, code, version, state, definition, created_at, published_at)
    select organization_id, 'mind', 1, 'published', definition || '{"code": "mind", "sensitivity": "mental"}', created_at, published_at
    from protocol where code = 'hypertension' and state = 'published'`.execute(db())
  nurse = await house.as('service-manager', { name: '李健管' })
  other = await house.as('service-manager', { name: '赵健管' })
  lead = await house.as('quality-lead', { name: '质控' })
  const people: [Caller, number, number, string][] = [
    [other, 48, 36, 'hypertension'],
    [nurse, 5, 2, 'hypertension'],
    [nurse, 1, 0, 'mind'],
  ]
  for (const [manager, count, done, protocol] of people)
    for (let n = 0; n < count; n++) {
      const patientId = await aKnownPerson(
        house,
        `${manager.name[0]}家${protocol === 'mind' ? '小妹' : n}`,
        manager.staffId,
      )
      const runId = await aRun(house, patientId, { protocol })
      const isDone = n < done
      const visit = isDone ? { state: 'done' as const, actualOn: '2026-02-14' } : { state: 'missed' as const }
      await aVisit(house, patientId, runId, { until: '2026-02-15', ...visit })
    }
}, 120_000)

describe('whose', () => {
  test('somebody who looks after people counts and sees their own alone, whatever they ask for', async () => {
    const figures = await nurse.call(getCareFigures, { query: { ...SPAN, scope: 'house' } })
    expect(figures).toMatchObject({ scope: 'own', scopes: ['own'] })
    expect(figures.total.figures.completion).toEqual({ count: 2, n: 6, share: null, low: null, high: null })
    const { rows } = await nurse.call(careFigureRows, {
      query: { ...SPAN, scope: 'house', figure: 'completion', limit: 200 },
    })
    expect(rows).toHaveLength(6)
    expect(rows.every(({ patient }) => patient.id !== null && patient.name.startsWith('李家'))).toBe(true)
  })

  test('quality counts the house: percent and interval from 30 on, names masked, no ids', async () => {
    const figures = await lead.call(getCareFigures, { query: SPAN })
    expect(figures).toMatchObject({ scope: 'house', scopes: ['house'] })
    const line = figures.pathways.find(({ code }) => code === 'hypertension')!
    expect(line.figures.completion).toMatchObject({ count: 38, n: 53 })
    expect(line.figures.completion!.share).toBeCloseTo(38 / 53, 6)
    expect(line.figures.completion!.low).toBeCloseTo(0.584, 3)
    expect(line.figures.completion!.high).toBeCloseTo(0.82, 3)
    const { rows } = await lead.call(careFigureRows, {
      query: { ...SPAN, figure: 'completion', pathway: 'hypertension', limit: 200 },
    })
    expect(rows).toHaveLength(53)
    for (const { patient } of rows)
      expect([patient.id, patient.name]).toEqual([null, expect.stringMatching(/^[^*]{1,2}\*+$/)])
  })

  test('of a pathway for the mind nobody is listed to whoever does not look after them', async () => {
    const query = { ...SPAN, figure: 'completion' as const, limit: 200 }
    const asLead = await lead.call(careFigureRows, { query: { ...query, pathway: 'mind' } })
    expect(asLead.rows).toEqual([])
    expect((await lead.call(careFigureRows, { query })).rows).toHaveLength(53)
    const asNurse = await nurse.call(careFigureRows, { query: { ...query, pathway: 'mind' } })
    expect(asNurse.rows.map(({ patient }) => patient.name)).toEqual(['李家小妹'])
  })

  test('whoever was referred is no longer known by a row without a name', async () => {
    const id = await aKnownPerson(house, '介绍来的', other.staffId)
    await sql`update patient set source = 'referral', created_at = '2026-02-10T04:00:00Z' where id = ${id}`.execute(
      db(),
    )
    const { rows } = await lead.call(careFigureRows, { query: { ...SPAN, figure: 'referral', limit: 10 } })
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(id)
    const own = await other.call(careFigureRows, { query: { ...SPAN, figure: 'referral', limit: 10 } })
    expect(own.rows).toMatchObject([{ id, patient: { id, name: '介绍来的' } }])
  })

  test('every look at rows is in the log, with what was looked at', async () => {
    await nurse.call(careFigureRows, { query: { ...SPAN, figure: 'completion', part: 'rest', limit: 200 } })
    const { rows } = await sql<{ detail: object }>`
      select detail from audit_entry where action = 'care-figures.rows' and actor_id = ${nurse.staffId} order by at desc, id desc limit 1`.execute(
      db(),
    )
    expect(rows[0]!.detail).toMatchObject({ figure: 'completion', part: 'rest', own: true, shown: 4 })
  })

  test('nobody else may', async () => {
    for (const role of [
      'front-desk',
      'sales-manager',
      'content-editor',
      'medical-reviewer',
      'system-administrator',
      'counsellor',
    ] as const) {
      const caller = await house.as(role)
      expect([role, (await caller.try(getCareFigures, { query: SPAN })).status]).toEqual([role, 403])
      expect([role, (await caller.try(careFigureRows, { query: SPAN as never })).status]).toEqual([role, 403])
    }
    expect((await nurse.try(careReports)).status).toBe(403)
  })
})

describe('a year at once', () => {
  const YEAR = { from: '2025-03-02', until: '2026-03-02' }

  test('counts what no quarter holds, and opens it', async () => {
    const patientId = await aKnownPerson(house, '去年的', other.staffId)
    const runId = await aRun(house, patientId, { protocol: 'diabetes-2' })
    for (const month of ['04', '07', '10'])
      await aVisit(house, patientId, runId, {
        until: `2025-${month}-15`,
        state: 'done',
        actualOn: `2025-${month}-14`,
        class: month === '10' ? 'satisfied' : 'unsatisfied',
      })
    const { pathways } = await lead.call(getCareFigures, { query: YEAR })
    const line = pathways.find(({ code }) => code === 'diabetes-2')!
    expect(line.figures).toMatchObject({ completion: { count: 3, n: 3 }, control: { count: 1, n: 1 } })
    const query = { ...YEAR, pathway: 'diabetes-2', limit: 2 }
    const first = await lead.call(careFigureRows, { query: { ...query, figure: 'completion' } })
    expect(first.rows.map(({ on }) => on)).toEqual(['2025-10-15', '2025-07-15'])
    const rest = await lead.call(careFigureRows, { query: { ...query, figure: 'completion', cursor: first.next! } })
    expect(rest.rows.map(({ on }) => on)).toEqual(['2025-04-15'])
    const { rows } = await lead.call(careFigureRows, { query: { ...query, figure: 'control' } })
    expect(rows).toMatchObject([{ on: '2025-10-14', how: 'satisfied', counts: true }])
  })

  test('and no longer: a day more is refused, in both languages, for numbers and for rows', async () => {
    const query = { from: '2025-03-01', until: '2026-03-02' }
    for (const [locale, days] of [
      ['zh-CN', '366 天'],
      ['en', '366 days'],
    ] as const) {
      const refused = await lead.try(getCareFigures, { query }, { locale })
      expect(refused).toMatchObject({ status: 422, code: 'CareSpanTooLong' })
      expect(JSON.stringify(refused.body)).toContain(days)
    }
    expect(await lead.try(careFigureRows, { query: { ...query, figure: 'completion', limit: 2 } })).toMatchObject({
      status: 422,
      code: 'CareSpanTooLong',
    })
  })
})

test('a span that ends before it begins is refused; a cursor of nobody leads nowhere', async () => {
  expect(await lead.try(getCareFigures, { query: { from: '2026-03-02', until: '2026-03-01' } })).toMatchObject({
    code: 'CareSpanTooLong',
  })
  expect((await lead.try(careFigureRows, { query: { ...SPAN, cursor: 'AAAA' } as never })).status).toBe(404)
})

test('the board is no single number and ranks nobody (R8, S2-25)', async () => {
  const { board, ...rest } = await lead.call(getCareFigures, { query: SPAN })
  expect(Object.keys(board)).toEqual(['retention', 'recheck', 'adherence', 'referral'])
  expect(JSON.stringify(rest)).not.toMatch(/staff|depend|score|revenue|sold/i)
})

describe('the report of a month', () => {
  const reports = () => sql<{ month: string }>`select month from care_figure_report order by month`.execute(db())

  test('is made once when the month has rested, told to quality, and never changed', async () => {
    await aCarePlan(house, await aKnownPerson(house, '林家', nurse.staffId), { percent: 90, expected: 10 })
    expect(await makeReport(house.house, house.tenant, '2026-03-06')).toBe(true)
    expect(await makeReport(house.house, house.tenant, '2026-03-06')).toBe(false)
    expect((await reports()).rows).toEqual([{ month: '2026-02-01' }])
    const { rows: notices } = await sql<{ kind: string; staff_id: string }>`
      select kind, staff_id from staff_notice where kind = 'care-report'`.execute(db())
    expect(notices).toEqual([{ kind: 'care-report', staff_id: lead.staffId }])
    const before = await lead.call(careReports)
    expect(before.reports).toMatchObject([
      { month: '2026-02-01', total: { completion: { count: 38, n: 54 }, adherence: { count: 1, n: 1 } } },
    ])
    expect(before.reports[0]!.pathways.find(({ code }) => code === 'hypertension')!.figures.completion).toMatchObject({
      n: 53,
    })
    expect(before.pathways.map(({ name }) => name)).toContain('高血压患者随访')
    await sql`update occurrence set state = 'done-late', actual_on = '2026-02-27' where state = 'missed'`.execute(db())
    expect((await lead.call(getCareFigures, { query: SPAN })).total.figures.completion).toMatchObject({ count: 54 })
    expect(await lead.call(careReports)).toEqual(before)
    await expect(sql`update care_figure_report set lines = '[]'`.execute(db())).rejects.toThrow()
  })

  test('two at once make one', async () => {
    const made = await Promise.all([1, 2].map(() => makeReport(house.house, house.tenant, '2026-04-06')))
    expect(made.filter(Boolean).length).toBeLessThanOrEqual(1)
    expect((await reports()).rows).toHaveLength(2)
  })
})

test('satisfaction is told as its own room tells it, to whoever may see it', async () => {
  const before = await lead.call(getCareFigures, { query: {} })
  expect(before.satisfaction?.good).toMatchObject({ count: 0, n: 0, share: null })
  await house.write(furnishSatisfaction)
  const span = { from: before.from, until: before.until }
  const { satisfaction } = await lead.call(getCareFigures, { query: span })
  const { good, response } = (await lead.call(getSatisfaction, { query: span })).all
  expect(satisfaction).toEqual({ good, response })
  expect(satisfaction!.good.n).toBeGreaterThan(0)
  expect((await nurse.call(getCareFigures, { query: span })).satisfaction).toBeNull()
})
