import { beforeAll, describe, expect, test } from 'vitest'
import { dayOf } from './calendar.ts'
import { type Checkup, type Member, members } from './index.ts'

const TODAY = '2026-11-21'
const many: Member[] = []
beforeAll(() => {
  many.push(...members({ seed: 7, count: 16_000, years: 3, today: TODAY }))
})

const valueOf = (checkup: Checkup | undefined, code: string) =>
  checkup?.observations.find((line) => line.code === code)?.value ?? null
const latest = (member: Member) => member.checkups.at(-1)
const knows = (member: Member, code: string) => member.conditions.some((condition) => condition.code === code)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function correlation(pairs: ReadonlyArray<readonly [number | null, number | null]>): number {
  const whole = pairs.filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null)
  expect(whole.length).toBeGreaterThan(500)
  const [mx, my] = [mean(whole.map(([x]) => x)), mean(whole.map(([, y]) => y))]
  const sum = (pick: (x: number, y: number) => number) =>
    whole.reduce((total, [x, y]) => total + pick(x - mx, y - my), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}
const adults = () => many.filter((member) => member.person.ageYears >= 20)

describe('the health of the population', () => {
  const hypertensive = (member: Member) =>
    knows(member, 'I10') || (valueOf(latest(member), 'sbp') ?? 0) >= 140 || (valueOf(latest(member), 'dbp') ?? 0) >= 90
  const share = (low: number, high: number, test: (member: Member) => boolean) => {
    const group = many.filter(
      ({ person, checkups }) => person.ageYears >= low && person.ageYears < high && checkups.length > 0,
    )
    return group.filter(test).length / group.length
  }

  test.each([
    ['hypertension', 20, 35, 0.02, 0.15],
    ['hypertension', 35, 50, 0.1, 0.32],
    ['hypertension', 60, 75, 0.35, 0.65],
  ])('%s at %i–%i', (_name, low, high, least, most) => {
    expect(share(low, high, hypertensive)).toBeGreaterThan(least)
    expect(share(low, high, hypertensive)).toBeLessThan(most)
  })

  test.each([
    ['E11', 20, 40, 0.005, 0.08],
    ['E11', 60, 80, 0.12, 0.35],
    ['K76.0', 40, 60, 0.1, 0.4],
    ['E04.1', 40, 60, 0.08, 0.35],
    ['R91', 50, 80, 0.06, 0.35],
    ['N63', 30, 60, 0.02, 0.15],
    ['E79.0', 20, 80, 0.05, 0.2],
  ])('%s known at %i–%i', (code, low, high, least, most) => {
    expect(share(low, high, (member) => knows(member, code))).toBeGreaterThan(least)
    expect(share(low, high, (member) => knows(member, code))).toBeLessThan(most)
  })

  test('what belongs together is correlated, what does not is not', () => {
    const pair = (a: string, b: string) =>
      correlation(adults().map((member) => [valueOf(latest(member), a), valueOf(latest(member), b)]))
    expect(
      correlation(adults().map((member) => [valueOf(latest(member), 'sbp'), member.person.ageYears])),
    ).toBeGreaterThan(0.3)
    expect(pair('sbp', 'bmi')).toBeGreaterThan(0.15)
    expect(pair('sbp', 'dbp')).toBeGreaterThan(0.4)
    expect(pair('fpg', 'hba1c')).toBeGreaterThan(0.7)
    expect(pair('bmi', 'waist')).toBeGreaterThan(0.7)
    expect(pair('tg', 'hdl')).toBeLessThan(-0.2)
    expect(pair('alt', 'ast')).toBeGreaterThan(0.3)
    expect(pair('ua', 'bmi')).toBeGreaterThan(0.15)
    expect(Math.abs(pair('plt', 'ldl'))).toBeLessThan(0.08)
  })

  test('this year’s value tells last year’s, more or less by item', () => {
    const across = (code: string) =>
      correlation(
        adults()
          .filter(({ checkups }) => checkups.length >= 2)
          .map(({ checkups }) => [valueOf(checkups.at(-2), code), valueOf(checkups.at(-1), code)]),
      )
    expect(across('height')).toBeGreaterThan(0.98)
    expect(across('weight')).toBeGreaterThan(0.9)
    for (const code of ['sbp', 'ldl', 'ua', 'fpg', 'alt', 'hgb']) {
      expect(across(code)).toBeGreaterThan(0.55)
      expect(across(code)).toBeLessThan(0.985)
    }
  })

  test('pressure falls where a pill was begun between two check-ups', () => {
    const changes = many.flatMap((member) => {
      const start = member.medications.find(
        ({ forCode, adherence }) => forCode === 'I10' && adherence === 'regular',
      )?.startOn
      const before = start ? member.checkups.findLast(({ on }) => on <= start) : undefined
      const after = start ? member.checkups.find(({ on }) => dayOf(on) > dayOf(start) + 60) : undefined
      return before && after ? [(valueOf(after, 'sbp') as number) - (valueOf(before, 'sbp') as number)] : []
    })
    expect(changes.length).toBeGreaterThan(50)
    expect(mean(changes)).toBeLessThan(-6)
  })

  test('laboratories flag a plausible share', () => {
    const lines = adults().flatMap((member) => latest(member)?.observations ?? [])
    const flagged = lines.filter(({ flag }) => flag !== 'N').length / lines.length
    expect(flagged).toBeGreaterThan(0.06)
    expect(flagged).toBeLessThan(0.2)
  })
})

describe('care', () => {
  test('a few were operated within ten days, so follow-ups at day 3 and 7 are due', () => {
    const recent = many.filter(({ procedures }) => procedures.some(({ on }) => dayOf(TODAY) - dayOf(on) <= 10))
    expect(recent.length / many.length).toBeGreaterThan(0.002)
    expect(recent.length / many.length).toBeLessThan(0.008)
    for (const { admissions } of recent) expect(admissions.length).toBeGreaterThan(0)
  })

  test('operations suit the sex, the age and the disease', () => {
    for (const member of many) {
      for (const procedure of member.procedures) {
        const condition = member.conditions.find(({ code }) => code === procedure.forCode)
        expect(condition && condition.recordedOn <= procedure.on).toBe(true)
        if (condition?.status === 'resolved') expect(condition.resolvedOn).toBe(procedure.on)
        if (procedure.code === '68.29') expect(member.person.sex).toBe('female')
        if (procedure.code === '13.41') expect(member.person.ageYears).toBeGreaterThanOrEqual(62)
      }
    }
  })

  test('visits belong to treated conditions and measure what these need', () => {
    const visits = many.flatMap((member) => member.visits.map((visit) => ({ member, visit })))
    expect(visits.length).toBeGreaterThan(2000)
    for (const { member, visit } of visits) {
      expect(member.medications.some(({ forCode }) => forCode === visit.conditionCode)).toBe(true)
      expect(visit.observations[0]?.code).toBe(visit.conditionCode === 'I10' ? 'sbp' : 'fpg')
    }
  })

  test('imaging speaks of a nodule exactly while one is known', () => {
    const thyroids = many.flatMap((member) =>
      member.checkups.flatMap(({ on, imaging }) =>
        imaging.filter(({ kind }) => kind === 'thyroid-ultrasound').map((report) => ({ member, on, report })),
      ),
    )
    expect(thyroids.length).toBeGreaterThan(1000)
    for (const { member, on, report } of thyroids) {
      const nodule = member.conditions.find(({ code }) => code === 'E04.1')
      expect(report.impression.includes('结节')).toBe(
        nodule !== undefined && (nodule.resolvedOn === null || nodule.resolvedOn > on),
      )
    }
  })

  test('worries are many, warm and fit the person', () => {
    const asked = many.filter(({ person }) => person.worry !== null)
    expect(asked.length / many.length).toBeGreaterThan(0.25)
    expect(asked.length / many.length).toBeLessThan(0.6)
    expect(new Set(asked.map(({ person }) => person.worry)).size).toBeGreaterThanOrEqual(30)
    for (const { person } of asked) {
      if (person.worry?.includes('三十几岁')) expect(Math.floor(person.ageYears / 10)).toBe(3)
      if (person.ageYears < 18) expect(person.worry).toContain('孩子')
    }
  })
})
