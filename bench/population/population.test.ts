import { beforeAll, describe, expect, test } from 'vitest'
import { checkCharacter } from './identity.ts'
import { CAPACITY, type Member, memberAt, members } from './index.ts'

const TODAY = '2026-11-21'
const many: Member[] = []
beforeAll(() => {
  many.push(...members({ seed: 7, count: 16_000, years: 3, today: TODAY }))
})

describe('the same seed gives the same people', () => {
  const options = { seed: 5, years: 2, today: TODAY }
  const whole = [...members({ ...options, count: 64 })]

  test('again', () => expect([...members({ ...options, count: 64 })]).toEqual(whole))

  test.each([
    [0, 8],
    [8, 24],
    [13, 10],
    [63, 1],
  ])('in the slice from %i of %i', (from, count) => {
    expect([...members({ ...options, from, count })]).toEqual(whole.slice(from, from + count))
  })

  test('one by one', () => {
    for (const index of [0, 7, 8, 31]) expect(memberAt(5, index, { years: 2, today: TODAY })).toEqual(whole[index])
  })

  test('but another seed gives others', () => {
    const other = [...members({ ...options, seed: 6, count: 64 })]
    expect(other.filter((member, index) => member.person.name === whole[index]?.person.name).length).toBeLessThan(4)
  })

  test('and more years only add older check-ups and visits', () => {
    for (const index of [3, 17, 40]) {
      const longer = memberAt(5, index, { years: 6, today: TODAY })
      const shorter = whole[index] as Member
      expect(longer.person).toEqual(shorter.person)
      expect(longer.checkups.slice(longer.checkups.length - shorter.checkups.length)).toEqual(shorter.checkups)
      expect(longer.visits.slice(longer.visits.length - shorter.visits.length)).toEqual(shorter.visits)
    }
  })

  test.each([
    { count: -1, years: 1 },
    { count: 1.5, years: 1 },
    { count: 1, years: -2 },
    { count: 1, years: 1, from: CAPACITY },
  ])('and refuses %j', (wrong) => expect(() => [...members({ seed: 1, today: TODAY, ...wrong })]).toThrow())

  test('and refuses a day that does not exist', () => {
    expect(() => memberAt(1, 1, { years: 1, today: '2026-02-30' })).toThrow('no such day')
  })
})

describe('identity', () => {
  test('numbers are valid, belong to the person and never repeat', () => {
    const seen = new Set<string>()
    for (const { person } of many) {
      if (person.idNumber === null) continue
      expect(person.idNumber[17]).toBe(checkCharacter(person.idNumber))
      expect(person.idNumber.slice(6, 14)).toBe(person.birthOn.replaceAll('-', ''))
      seen.add(person.idNumber)
    }
    const withNumber = many.filter(({ person }) => person.idNumber !== null).length
    expect(seen.size).toBe(withNumber)
    expect(withNumber / many.length).toBeGreaterThan(0.95)
    expect(withNumber).toBeLessThan(many.length)
  })

  test('names collide as they do in life', () => {
    const counts = new Map<string, number>()
    for (const { person } of many) counts.set(person.name, (counts.get(person.name) ?? 0) + 1)
    expect(counts.size / many.length).toBeGreaterThan(0.8)
    expect(counts.size / many.length).toBeLessThan(0.98)
    expect(Math.max(...counts.values())).toBeGreaterThan(3)
    expect(Math.max(...counts.values())).toBeLessThan(25)
  })

  test('children have a guardian and the guardian’s phone, adults have none', () => {
    for (const { person } of many) {
      expect(person.guardian !== null).toBe(person.ageYears < 18)
      if (person.guardian) {
        expect(person.phone).toBe(person.guardian.phone)
        expect(many[person.guardian.index]?.person.name).toBe(person.guardian.name)
      }
    }
  })

  test('mail addresses are in the reserved domains', () => {
    const mails = many.flatMap(({ person }) => person.email ?? [])
    expect(mails.length / many.length).toBeGreaterThan(0.2)
    expect(mails.every((mail) => /^member\d+@example\.(com|org|net)$/.test(mail))).toBe(true)
  })

  test('most cards are activated, and only a pending one has no day of activation', () => {
    const activated = many.filter(({ person }) => person.cardState === 'activated').length / many.length
    expect(activated).toBeGreaterThan(0.85)
    for (const { person } of many) {
      if (person.cardState === 'activated') expect(person.cardActivatedOn).not.toBeNull()
      if (person.cardActivatedOn)
        expect(person.cardActivatedOn >= person.cardOpenedOn && person.cardActivatedOn <= TODAY).toBe(true)
    }
  })
})

describe('dates', () => {
  test('nothing lies in the future, after death or out of order', () => {
    for (const member of many) {
      const end = member.person.deceasedOn ?? TODAY
      const dates = [
        ...member.checkups.map(({ on }) => on),
        ...member.visits.map(({ on }) => on),
        ...member.procedures.map(({ on }) => on),
        ...member.conditions.map(({ recordedOn }) => recordedOn),
        ...member.admissions.map(({ dischargedOn }) => dischargedOn ?? end),
      ]
      expect(dates.every((date) => date <= end && date > member.person.birthOn)).toBe(true)
      for (const list of [member.checkups, member.visits]) {
        expect(
          list.every((entry, at) => at === 0 || (list[at - 1] as { takenAt: string }).takenAt < entry.takenAt),
        ).toBe(true)
      }
      expect(member.checkups.every(({ on, reportedOn }) => on <= reportedOn && reportedOn <= TODAY)).toBe(true)
    }
  })

  test('numbers of check-ups and visits do not repeat', () => {
    const numbers = many.flatMap((member) => [...member.checkups, ...member.visits].map(({ number }) => number))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('the uniform shape of the bench', () => {
  test('gives everybody the same 20 items every year', () => {
    for (const member of members({ seed: 2, count: 2000, years: 1, today: TODAY, shape: 'uniform' })) {
      expect(member.checkups.map(({ observations }) => observations.length)).toEqual([20])
      expect(member.checkups[0]?.imaging).toEqual([])
    }
  })

  test('is fast', () => {
    const count = 20_000
    // Processor time, because the clock on the wall also measures the neighbours.
    const started = process.cpuUsage()
    let observations = 0
    for (const member of members({ seed: 3, count, years: 1, today: TODAY, shape: 'uniform' }))
      observations += member.checkups[0]?.observations.length ?? 0
    const { user, system } = process.cpuUsage(started)
    const perSecond = Math.round(count / ((user + system) / 1_000_000))
    console.log(`${perSecond} members/s with one check-up of 20`)
    expect(observations).toBe(count * 20)
    // The aim is 20,000 on an idle core; the first seconds of a cold compiler on a busy machine get a wide margin.
    expect(perSecond).toBeGreaterThan(4000)
  })
})
