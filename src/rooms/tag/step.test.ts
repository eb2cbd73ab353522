import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse } from '../../../test/house.ts'
import { compileWhere, forCare } from '../../platform/condition/index.ts'
import { evaluateDue, wake } from '../agenda/server/index.ts'
import { recordObservations } from '../observation/server/index.ts'
import type { Condition } from './contract/condition.ts'
import { installShippedTags, tagStep } from './server/index.ts'

const house = await aHouse()
const { tenant, clock } = house
const db = () => house.house.databases.of(tenant.id)

beforeAll(() => house.write(installShippedTags))

async function aPatient(
  values: { sex?: 'male' | 'female'; birthDate?: string; createdAt?: string } = {},
): Promise<string> {
  return house.write(async (ctx) => {
    const id = ctx.ids.next()
    const at = values.createdAt ? new Date(values.createdAt) : ctx.clock.now()
    await ctx.tx
      .insertInto('patient')
      .values({
        organization_id: tenant.id,
        id,
        name: '甲',
        sex: values.sex ?? 'male',
        birth_date: values.birthDate ?? '1980-05-01',
        created_at: at,
        updated_at: at,
      } as never)
      .execute()
    await wake(ctx.tx, tenant.id, [id], 'registered', ctx.clock.now())
    return id
  })
}

async function measured(patientId: string, code: string, value: number, daysAgo = 0): Promise<string> {
  return house.write(async (ctx) => {
    const id = ctx.ids.next<string>()
    const effectiveAt = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
    await recordObservations(ctx, [{ id, patientId, code, effectiveAt, value, source: 'staff' }])
    return id
  })
}

const evaluate = async () => {
  while ((await evaluateDue(house.house, tenant, [tagStep])) > 0);
}

async function tagsOf(patientId: string): Promise<string[]> {
  await evaluate()
  const rows = await db()
    .selectFrom('patient_tag')
    .select('tag_code')
    .where('patient_id', '=', patientId)
    .where('state', '=', 'active')
    .orderBy('tag_code')
    .execute()
  return rows.map((row) => row.tag_code)
}

describe('shipped tags', () => {
  const table: [string, Record<string, number>, string[]][] = [
    ['nothing known', {}, []],
    ['139/89', { sbp: 139, dbp: 89 }, ['bp-high-risk']],
    ['140/80', { sbp: 140, dbp: 80 }, ['bp-recheck']],
    ['120/90', { sbp: 120, dbp: 90 }, ['bp-recheck']],
    ['180/100', { sbp: 180, dbp: 100 }, ['bp-recheck', 'critical']],
    ['170/110', { sbp: 170, dbp: 110 }, ['bp-recheck', 'critical']],
    ['BMI 23.99', { bmi: 23.99 }, []],
    ['BMI 24', { bmi: 24 }, ['bp-high-risk', 'overweight']],
    ['BMI 27.99', { bmi: 27.99 }, ['bp-high-risk', 'overweight']],
    ['BMI 28', { bmi: 28 }, ['bp-high-risk', 'obesity']],
    ['waist of a man 89.9', { waist: 89.9 }, []],
    ['waist of a man 90', { waist: 90 }, ['bp-high-risk']],
    ['glucose 6.0', { fpg: 6.0 }, []],
    ['glucose 6.1', { fpg: 6.1 }, ['impaired-fasting-glucose']],
    ['glucose 6.99', { fpg: 6.99 }, ['impaired-fasting-glucose']],
    ['glucose 7.0', { fpg: 7.0 }, ['glucose-to-confirm']],
    ['glucose 16.7', { fpg: 16.7 }, ['critical', 'glucose-to-confirm']],
    ['glucose 3.9', { fpg: 3.9 }, ['critical']],
    ['glucose 4.0', { fpg: 4.0 }, []],
  ]
  test.each(table)('%s', async (_what, values, expected) => {
    const patientId = await aPatient()
    for (const [code, value] of Object.entries(values)) await measured(patientId, code, value)
    expect(await tagsOf(patientId)).toEqual(expected)
  })

  test('a woman has the lower waist', async () => {
    const patientId = await aPatient({ sex: 'female' })
    await measured(patientId, 'waist', 85)
    expect(await tagsOf(patientId)).toEqual(['bp-high-risk'])
  })

  test('three different days make it a case for the doctor, three readings of one day do not', async () => {
    const oneDay = await aPatient()
    for (const value of [150, 152, 148]) await measured(oneDay, 'sbp', value)
    expect(await tagsOf(oneDay)).toEqual(['bp-recheck'])
    const threeDays = await aPatient()
    await measured(threeDays, 'sbp', 150, 20)
    await measured(threeDays, 'dbp', 95, 10)
    await measured(threeDays, 'sbp', 145, 0)
    expect(await tagsOf(threeDays)).toEqual(['bp-recheck', 'bp-three-days'])
  })
})

describe('a tag over time', () => {
  test('keeps the facts that fired it, and goes when a newer fact says otherwise', async () => {
    const patientId = await aPatient()
    const high = await measured(patientId, 'sbp', 150, 1)
    expect(await tagsOf(patientId)).toEqual(['bp-recheck'])
    const [row] = await db().selectFrom('patient_tag').selectAll().where('patient_id', '=', patientId).execute()
    expect(row?.facts).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'observation', id: high, value: 150 })]),
    )
    clock.advance({ minutes: 1 })
    await measured(patientId, 'sbp', 118, 0)
    expect(await tagsOf(patientId)).toEqual([])
    const events = await db()
      .selectFrom('patient_tag_event')
      .select('change')
      .where('patient_id', '=', patientId)
      .orderBy('at')
      .execute()
    expect(events.map((event) => event.change)).toEqual(['set', 'cleared'])
  })

  test('is looked at again exactly when its window closes', async () => {
    const patientId = await aPatient()
    await measured(patientId, 'sbp', 150)
    expect(await tagsOf(patientId)).toEqual(['bp-recheck'])
    const before = clock.now()
    // 2 March, six months: the last day of the window is 2 September in Shanghai.
    const closes = new Date('2026-09-02T16:00:00Z')
    const agenda = await db()
      .selectFrom('agenda')
      .select('due_at')
      .where('patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    expect(agenda.due_at).toEqual(closes)
    clock.set(new Date(closes.getTime() - 1000))
    expect(await tagsOf(patientId)).toEqual(['bp-recheck'])
    clock.set(closes)
    expect(await tagsOf(patientId)).toEqual([])
    clock.set(before)
  })

  test('of an age turns on the birthday', async () => {
    const patientId = await aPatient({ birthDate: '2012-03-05' })
    expect(await tagsOf(patientId)).toEqual(['child'])
    const before = clock.now()
    clock.set('2026-03-04T16:00:00Z')
    expect(await tagsOf(patientId)).toEqual(['adolescent'])
    clock.set(before)
  })

  test('that has had its time does not come back on the same old facts', async () => {
    const patientId = await aPatient()
    await measured(patientId, 'fpg', 17)
    expect(await tagsOf(patientId)).toContain('critical')
    const before = clock.now()
    // After seven days the value leaves the window of the rule.
    clock.advance({ days: 9 })
    expect(await tagsOf(patientId)).not.toContain('critical')
    await measured(patientId, 'fpg', 18)
    expect(await tagsOf(patientId)).toContain('critical')
    clock.set(before)
  })
})

describe('counting over everybody agrees with evaluating one by one', () => {
  const conditions: Condition[] = [
    { indicator: { code: 'ldl', pick: 'newest', is: { op: '>=', value: 3.4 }, within: { months: 12 } } },
    { indicator: { code: 'ldl', pick: 'any', is: { op: '>=', value: 3.4 } } },
    { indicator: { code: 'ldl', pick: 'count', is: { op: '>=', value: 3.4 }, atLeast: 2, onDifferentDays: true } },
    { not: { indicator: { code: 'ldl', pick: 'any', is: { op: '>=', value: 3.4 } } } },
    { all: [{ sex: 'female' }, { age: { op: '>=', years: 40 } }] },
    {
      any: [{ age: { op: '<', years: 30 } }, { indicator: { code: 'ldl', pick: 'newest', is: { from: 2, below: 3 } } }],
    },
    { since: { event: 'registration', op: '>=', span: { months: 12 } } },
  ]

  /** What the condition means, said once more in plain code. */
  interface Person {
    sex: string
    age: number
    ldl: { value: number; daysAgo: number }[]
    registeredDaysAgo: number
  }
  const meanings: ((person: Person) => boolean)[] = [
    (p) => (newest(p, 365)?.value ?? 0) >= 3.4,
    (p) => p.ldl.some((o) => o.value >= 3.4),
    (p) => new Set(p.ldl.filter((o) => o.value >= 3.4).map((o) => o.daysAgo)).size >= 2,
    (p) => !p.ldl.some((o) => o.value >= 3.4),
    (p) => p.sex === 'female' && p.age >= 40,
    (p) => p.age < 30 || ((newest(p)?.value ?? 0) >= 2 && newest(p)!.value < 3),
    (p) => p.registeredDaysAgo > 366,
  ]
  const newest = (p: Person, within = Infinity) =>
    p.ldl.filter((o) => o.daysAgo <= within).toSorted((a, b) => a.daysAgo - b.daysAgo)[0]

  test('over forty people', async () => {
    const people: (Person & { id: string })[] = []
    for (let index = 0; index < 40; index++) {
      const age = 20 + ((index * 7) % 60)
      const registeredDaysAgo = (index * 31) % 800
      const createdAt = new Date(clock.now().getTime() - registeredDaysAgo * 86_400_000).toISOString()
      const id = await aPatient({
        sex: index % 3 === 0 ? 'male' : 'female',
        birthDate: `${2026 - age - 1}-06-15`,
        createdAt,
      })
      const ldl = Array.from({ length: index % 4 }, (_, n) => ({
        value: 2 + ((index * 13 + n * 29) % 25) / 10,
        daysAgo: ((index * 17 + n * 111) % 700) + 1,
      }))
      for (const { value, daysAgo } of ldl) await measured(id, 'ldl', value, daysAgo)
      people.push({ id, sex: index % 3 === 0 ? 'male' : 'female', age, ldl, registeredDaysAgo })
    }
    const moment = {
      organizationId: tenant.id,
      now: clock.now(),
      today: clock.today(tenant.timeZone),
      timeZone: tenant.timeZone,
      facts: house.house.facts,
    }
    for (const [index, condition] of conditions.entries()) {
      const { rows } = await sql<{ id: string }>`select id from patient p where organization_id = ${tenant.id}
        and id = any(${people.map((p) => p.id)}::uuid[]) and ${compileWhere(forCare(condition), moment)}`.execute(db())
      const expected = people.filter((p) => meanings[index]!(p)).map((p) => p.id)
      expect({ index, ids: rows.map((r) => r.id).toSorted() }).toEqual({ index, ids: expected.toSorted() })
      expect(expected.length).toBeGreaterThan(0)
    }
  })
})
