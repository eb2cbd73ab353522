import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { aPerson } from '../follow-up/sample-plan.ts'
import * as contract from './contract/call-desk.ts'
import { aCallTask, again, nextOf } from './sample-call.ts'

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
const departmentId = house.house.ids.next<string>()
let nurse: Caller
let lead: Caller

/** 40 calls of one day: 10 no answer, 20 talks of which 15 done, 5 refused, 5 family; one nurse, one team. */
const CALLS: [contract.CallOutcome, number, object][] = [
  ['no-answer', 10, {}],
  ['reached', 20, {}],
  ['refused', 5, {}],
  ['family-answered', 5, { handOver: '请医生看看血压' }],
]

beforeAll(async () => {
  await sql`insert into department (organization_id, id, name, created_at)
    values (${house.tenant.id}, ${departmentId}, '心内科', ${house.clock.now()})`.execute(db())
  nurse = await house.as('service-manager', { name: '李健管', departmentId })
  lead = await house.as('quality-lead', { name: '质控' })
  for (const [outcome, count, more] of CALLS)
    for (let n = 0; n < count; n++) {
      const patientId = await aPerson(house, { name: `客户${outcome}${n}`, managerId: nurse.staffId })
      await aCallTask(house, patientId, nurse.staffId)
      const session = (await nextOf(house, nurse))!
      const of = { params: { sessionId: session.id } }
      if (outcome === 'reached') {
        await nurse.call(contract.beginTalk, of)
        house.clock.advance({ seconds: 60 + n })
      }
      await nurse.call(contract.endCall, { ...of, body: { outcome, ...more } as never })
    }
  await sql`update call_session set completed = false where id in (select id from call_session where completed order by id limit 5)`.execute(
    db(),
  )
}, 120_000)

const span = { from: '2026-03-01', until: '2026-03-02' }

test('each figure with its parts and its interval, by day and team; people for the lead alone', async () => {
  const { all, days, teams, people } = await lead.call(contract.getCallFigures, { query: span })
  expect(all.calls).toBe(40)
  expect(all.rates.connect).toEqual({ n: 30, of: 40, percent: 75, low: 59.8, high: 85.8 })
  expect(all.rates.consent).toEqual({ n: 20, of: 25, percent: null, low: null, high: null })
  expect(all.rates.completion).toMatchObject({ n: 15, of: 20, percent: null })
  expect(all.rates.handOver).toMatchObject({ n: 5, of: 30, percent: 16.7 })
  expect(all.rates.coverage).toMatchObject({ n: 0, of: 0, percent: null })
  expect(all.talk).toEqual({ talks: 20, totalSeconds: 20 * 60 + 190, medianSeconds: 70 })
  expect(days.map(({ day, calls, answered }) => [day, calls, answered])).toEqual([
    ['2026-03-01', 0, 0],
    ['2026-03-02', 40, 30],
  ])
  expect(teams.map(({ name, calls }) => [name, calls])).toEqual([['心内科', 40]])
  expect(people).toMatchObject([{ name: '李健管', calls: 40, answered: 30 }])
})

test('each figure opens exactly the rows it counts, page by page, names masked where the reader may not see the person', async () => {
  for (const [figure, of, counting] of [
    ['connect', 40, 30],
    ['consent', 25, 20],
    ['completion', 20, 15],
    ['handOver', 30, 5],
  ] as const)
    for (const [part, count] of [
      ['all', of],
      ['counting', counting],
    ] as const) {
      const ids: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const query = { ...span, figure, part, limit: 7, ...(cursor ? { cursor } : {}) }
        const page: { rows: contract.FigureRow[]; next: string | null } = await lead.call(contract.figureRows, {
          query,
        })
        ids.push(...page.rows.map((row) => row.id))
        for (const row of page.rows)
          expect([row.patient.id, row.patient.name.slice(2)]).toEqual([null, expect.stringMatching(/^\*+$/)])
        cursor = page.next
      }
      expect([figure, part, ids.length, new Set(ids).size]).toEqual([figure, part, count, count])
    }
})

test('who may: the lead', async () => {
  expect((await (await again(house, nurse)).try(contract.getCallFigures, { query: span })).status).toBe(403)
})

test('a year at once, day by day; a day more is refused, in both languages, for numbers and for rows', async () => {
  const year = { from: '2025-03-02', until: '2026-03-02' }
  await sql`update call_session set ended_at = ended_at - interval '200 days', claimed_at = claimed_at - interval '200 days'
    where id in (select id from call_session where outcome = 'no-answer' order by id limit 4)`.execute(db())
  const { all, days } = await lead.call(contract.getCallFigures, { query: year })
  expect(all.rates.connect).toMatchObject({ n: 30, of: 40 })
  expect(days).toHaveLength(366)
  expect(days.filter(({ calls }) => calls > 0).map(({ day, calls }) => [day, calls])).toEqual([
    ['2025-08-14', 4],
    ['2026-03-02', 36],
  ])
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = { ...year, figure: 'connect' as const, limit: 25, ...(cursor ? { cursor } : {}) }
    const page: { rows: contract.FigureRow[]; next: string | null } = await lead.call(contract.figureRows, { query })
    ids.push(...page.rows.map((row) => row.id))
    cursor = page.next
  }
  expect(new Set(ids).size).toBe(40)
  const query = { ...year, from: '2025-03-01' }
  for (const [locale, words] of [
    ['zh-CN', '366 天'],
    ['en', '366 days'],
  ] as const) {
    const refused = await lead.try(contract.getCallFigures, { query }, { locale })
    expect(refused).toMatchObject({ status: 422, code: 'CallSpanTooLong' })
    expect(JSON.stringify(refused.body)).toContain(words)
  }
  expect((await lead.try(contract.figureRows, { query })).code).toBe('CallSpanTooLong')
})
