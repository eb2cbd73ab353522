import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { installShippedProtocols } from '../follow-up/server/index.ts'
import { CARE_FIGURES, careFigureRows, getCareFigures, type CareFigure } from './contract/care-figures.ts'
import {
  aCarePlan,
  aKnownPerson,
  aRun,
  aVisit,
  type SampleCarePlan,
  type SampleRun,
  type SampleVisit,
} from './sample-care.ts'

/**
 * Every definition with who counts and who does not: each person below is one case, named after what became of them, and
 * says for each figure whether they are in its upper part, only in its lower part (`no`), or in neither (absent).
 */
const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)
/** Today is 2026-03-02. */
const SPAN = { from: '2026-02-01', until: '2026-03-02' }

type Says = Partial<Record<CareFigure, 'yes' | 'no'>>
interface Case {
  name: string
  run?: SampleRun
  visits?: SampleVisit[]
  carePlan?: SampleCarePlan
  source?: string
  registeredOn?: string
  says: Says
}

const ENDED = '2026-02-15'
const TRIED: Says = { lost: 'no', coverage: 'yes', completion: 'no', onTime: 'no', recheck: 'no' }
const UNTRIED: Says = { ...TRIED, coverage: 'no' }
const DONE: Says = { lost: 'no', coverage: 'yes', completion: 'yes', onTime: 'yes', recheck: 'yes' }
const missed = (...tries: NonNullable<SampleVisit['tries']>): SampleVisit[] => [
  { until: ENDED, state: 'missed', tries },
]

const CASES: Case[] = [
  // Follow-ups whose window ended in the span.
  {
    name: '按时',
    visits: [{ until: ENDED, state: 'done', actualOn: '2026-02-14', class: 'satisfied' }],
    says: { ...DONE, control: 'yes' },
  },
  {
    name: '迟做',
    visits: [{ until: ENDED, state: 'done-late', actualOn: '2026-02-20', class: 'unsatisfied' }],
    says: { ...DONE, onTime: 'no', recheck: 'no', control: 'no' },
  },
  { name: '没人管', visits: missed(), says: UNTRIED },
  { name: '窗口过了还开着', visits: [{ until: '2026-03-01', state: 'due' }], says: UNTRIED },
  {
    name: '住院歇着',
    visits: [{ until: ENDED, state: 'due', restingSince: '2026-02-10' }],
    says: { lost: 'no' },
  },
  { name: '没人接', visits: missed(['phone', 'no-answer'], ['phone', 'busy']), says: { ...TRIED, connect: 'no' } },
  { name: '家属接', visits: missed(['phone', 'family-answered']), says: { ...TRIED, connect: 'yes' } },
  { name: '拒谈', visits: missed(['phone', 'refused']), says: { ...TRIED, connect: 'yes', consent: 'no' } },
  { name: '另约', visits: missed(['phone', 'call-back']), says: { ...TRIED, connect: 'yes', consent: 'no' } },
  {
    name: '另约后谈',
    visits: missed(['phone', 'call-back'], ['phone', 'reached']),
    says: { ...TRIED, connect: 'yes', consent: 'yes' },
  },
  { name: '只发短信', visits: missed(['sms', 'no-answer']), says: TRIED },
  { name: '短信有回', visits: missed(['sms', 'reached']), says: TRIED },
  { name: '取消', visits: [{ until: ENDED, state: 'cancelled' }], says: { lost: 'no' } },
  { name: '还没到', visits: [{ until: '2026-04-15', state: 'planned' }], says: { lost: 'no' } },
  {
    name: '今天到期',
    visits: [{ until: '2026-03-02', state: 'due', tries: [['phone', 'reached']] }],
    says: { lost: 'no' },
  },
  { name: '上月到期', visits: [{ until: '2026-01-31', state: 'missed' }], says: { lost: 'no' } },
  // Steps: one that the house does by itself, one by telephone.
  {
    name: '自动问卷',
    run: { protocol: 'post-surgery' },
    visits: [{ step: 'day-3-questions', until: ENDED, state: 'missed' }],
    says: { lost: 'no' },
  },
  {
    name: '电话随访',
    run: { protocol: 'post-surgery' },
    visits: [
      {
        step: 'day-3',
        until: ENDED,
        state: 'done',
        actualOn: '2026-02-14',
        class: 'normal',
        tries: [['phone', 'reached']],
      },
    ],
    says: { lost: 'no', coverage: 'yes', connect: 'yes', consent: 'yes', completion: 'yes', onTime: 'yes' },
  },
  // Control: the newest class in the span; what has none, or lies outside, is not told.
  {
    name: '先高后好',
    visits: [
      { until: '2026-02-10', state: 'done', actualOn: '2026-02-05', class: 'unsatisfied' },
      { until: '2026-02-25', state: 'done', actualOn: '2026-02-19', class: 'satisfied' },
    ],
    says: { ...DONE, control: 'yes' },
  },
  {
    name: '先好后不良反应',
    visits: [
      { until: '2026-02-10', state: 'done', actualOn: '2026-02-05', class: 'satisfied' },
      { until: '2026-02-25', state: 'done', actualOn: '2026-02-19', class: 'adverse-reaction' },
    ],
    says: { ...DONE, control: 'no' },
  },
  { name: '没分类', visits: [{ until: ENDED, state: 'done', actualOn: '2026-02-14' }], says: DONE },
  {
    name: '一月满意',
    visits: [{ until: '2026-01-20', state: 'done', actualOn: '2026-01-18', class: 'satisfied' }],
    says: { lost: 'no' },
  },
  {
    name: '血糖满意',
    run: { protocol: 'diabetes-2' },
    visits: [{ until: ENDED, state: 'done', actualOn: '2026-02-14', class: 'satisfied' }],
    says: { ...DONE, control: 'yes' },
  },
  // Plans: lost, and still there a year on.
  { name: '一年还在', run: { startedOn: '2025-02-10' }, says: { lost: 'no', retention: 'yes' } },
  {
    name: '一年内结案',
    run: { startedOn: '2025-02-10', endedOn: '2025-08-01', reason: null },
    says: { retention: 'yes' },
  },
  {
    name: '一年后失联',
    run: { startedOn: '2025-02-10', endedOn: '2026-02-10', reason: 'lost' },
    says: { lost: 'yes', retention: 'no' },
  },
  { name: '拒绝', run: { endedOn: '2026-02-11', reason: 'refusal' }, says: { lost: 'yes' } },
  { name: '迁走', run: { endedOn: '2026-02-11', reason: 'moved-away' }, says: { lost: 'yes' } },
  {
    name: '早就迁走',
    run: { startedOn: '2025-02-11', endedOn: '2025-09-01', reason: 'moved-away' },
    says: { retention: 'no' },
  },
  { name: '去世', run: { startedOn: '2025-02-12', endedOn: '2026-02-12', reason: 'death' }, says: {} },
  { name: '转路径', run: { startedOn: '2025-02-12', endedOn: '2026-02-12', reason: 'switched' }, says: {} },
  { name: '不再适用', run: { startedOn: '2025-02-12', endedOn: '2026-02-12', reason: 'not-applicable' }, says: {} },
  {
    name: '人工结束',
    run: { startedOn: '2025-02-12', endedOn: '2026-02-12', reason: 'by-hand' },
    says: { lost: 'no', retention: 'no' },
  },
  { name: '本月结案', run: { endedOn: '2026-02-12', reason: null }, says: { lost: 'no' } },
  { name: '上月失联', run: { endedOn: '2026-01-31', reason: 'lost' }, says: {} },
  { name: '两年前开始', run: { startedOn: '2024-02-10' }, says: { lost: 'no' } },
  // Care plans as they stand.
  { name: '做到八成', carePlan: { percent: 80, expected: 10 }, says: { adherence: 'yes' } },
  { name: '做到七成九', carePlan: { percent: 79, expected: 10 }, says: { adherence: 'no' } },
  { name: '才四次', carePlan: { percent: 100, expected: 4 }, says: {} },
  { name: '没到期', carePlan: { percent: null, expected: 0 }, says: {} },
  { name: '暂停', carePlan: { state: 'paused', percent: 90, expected: 10 }, says: {} },
  // Where people come from.
  { name: '朋友介绍', source: 'referral', registeredOn: '2026-02-08', says: { referral: 'yes' } },
  { name: '自己来', source: 'walk-in', registeredOn: '2026-02-08', says: { referral: 'no' } },
  { name: '批量导入', source: 'import', registeredOn: '2026-02-08', says: {} },
  { name: '接口送来', source: 'interface', registeredOn: '2026-02-08', says: {} },
  { name: '上月介绍', source: 'referral', registeredOn: '2026-01-30', says: {} },
]

let nurse: Caller

beforeAll(async () => {
  await house.write(installShippedProtocols)
  nurse = await house.as('service-manager', { name: '李健管' })
  for (const { name, run, visits, carePlan, source, registeredOn } of CASES) {
    const patientId = await aKnownPerson(house, name, nurse.staffId)
    if (run || visits) {
      const runId = await aRun(house, patientId, run)
      for (const visit of visits ?? []) await aVisit(house, patientId, runId, visit)
    }
    if (carePlan) await aCarePlan(house, patientId, carePlan)
    if (source)
      await sql`update patient set source = ${source}, created_at = ${`${registeredOn}T04:00:00Z`} where id = ${patientId}`.execute(
        db(),
      )
  }
}, 120_000)

const namesOf = async (figure: CareFigure, part: 'all' | 'counting' | 'rest') => {
  const { rows } = await nurse.call(careFigureRows, { query: { ...SPAN, figure, part, limit: 200 } })
  return rows.map(({ patient }) => patient.name)
}
const expected = (figure: CareFigure, says: 'yes' | 'no') =>
  CASES.flatMap((one) => {
    const times = figure === 'control' || figure === 'lost' || figure === 'retention' ? 1 : (one.visits?.length ?? 1)
    return one.says[figure] === says ? Array<string>(times).fill(one.name) : []
  }).toSorted()

describe.each(CARE_FIGURES)('%s', (figure) => {
  test('counts whom it should, and nobody else', async () => {
    expect((await namesOf(figure, 'counting')).toSorted()).toEqual(expected(figure, 'yes'))
    expect((await namesOf(figure, 'rest')).toSorted()).toEqual(expected(figure, 'no'))
    expect((await namesOf(figure, 'all')).toSorted()).toEqual(
      [...expected(figure, 'yes'), ...expected(figure, 'no')].toSorted(),
    )
  })

  test('the number is that of its rows', async () => {
    const { total, board, pathways } = await nurse.call(getCareFigures, { query: SPAN })
    const of = {
      count: expected(figure, 'yes').length,
      n: expected(figure, 'yes').length + expected(figure, 'no').length,
    }
    expect(of.n).toBeGreaterThan(0)
    if (figure in board) expect(board[figure as keyof typeof board]).toMatchObject(of)
    if (figure === 'control') expect(total.figures.control).toBeUndefined()
    else if (!(figure in board)) expect(total.figures[figure]).toMatchObject(of)
    if (figure !== 'adherence' && figure !== 'referral') {
      const sum = (key: 'count' | 'n') => pathways.reduce((all, { figures }) => all + (figures[figure]?.[key] ?? 0), 0)
      expect({ count: sum('count'), n: sum('n') }).toEqual(of)
    }
  })
})

test('by pathway: blood pressure and glucose apart, with who has no class beside them, and reasons of what ended', async () => {
  const { pathways } = await nurse.call(getCareFigures, { query: SPAN })
  const of = (code: string) => pathways.find((one) => one.code === code)!
  expect(of('hypertension').figures.control).toMatchObject({ count: 2, n: 4 })
  expect(of('diabetes-2').figures.control).toMatchObject({ count: 1, n: 1 })
  expect(of('post-surgery').figures.control).toBeUndefined()
  expect(of('hypertension').standing).toMatchObject({
    lost: 1,
    refusal: 1,
    'moved-away': 1,
    'by-hand': 1,
    completed: 1,
    death: 1,
    switched: 1,
    'not-applicable': 1,
  })
  const { rows } = await nurse.call(careFigureRows, {
    query: { ...SPAN, figure: 'control', pathway: 'diabetes-2', limit: 10 },
  })
  expect(rows).toMatchObject([{ patient: { name: '血糖满意' }, on: '2026-02-14', how: 'satisfied', counts: true }])
})

test('rows come page by page, each once, with what became of them', async () => {
  for (const figure of CARE_FIGURES) {
    const all = await namesOf(figure, 'all')
    const names: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = { ...SPAN, figure, part: 'all' as const, limit: 3, ...(cursor ? { cursor } : {}) }
      const page: { rows: { patient: { name: string } }[]; next: string | null } = await nurse.call(careFigureRows, {
        query,
      })
      names.push(...page.rows.map(({ patient }) => patient.name))
      cursor = page.next
    }
    expect([figure, names]).toEqual([figure, all])
  }
  const { rows } = await nurse.call(careFigureRows, { query: { ...SPAN, figure: 'lost', part: 'counting', limit: 10 } })
  expect(rows.map(({ on, how }) => [on, how])).toEqual(
    expect.arrayContaining([
      ['2026-02-10', 'lost'],
      ['2026-02-11', 'refusal'],
      ['2026-02-11', 'moved-away'],
    ]),
  )
})
