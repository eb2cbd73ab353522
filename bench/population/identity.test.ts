import { describe, expect, test } from 'vitest'
import { dateOf, dayOf } from './calendar.ts'
import { BLOCK_SIZE, CAPACITY, checkCharacter, idNumber, phoneOf, placeOf, uniqueBirthDay } from './identity.ts'
import { PLACES } from './places.ts'

describe('identity numbers', () => {
  test.each([
    // Printed example of GB 11643-1999, and one that public code bases use as their test value.
    ['11010519491231002', 'X'],
    ['51343620000320711', 'X'],
    ['44052418800101001', '4'],
  ])('%s ends in %s', (digits, expected) => {
    expect(checkCharacter(digits)).toBe(expected)
  })

  test('hold district, birth date, sex and check character', () => {
    const birthDay = uniqueBirthDay(5, dayOf('1980-05-05'))
    for (const sex of ['male', 'female'] as const) {
      const id = idNumber(1, 43, birthDay, sex)
      expect(id).toMatch(/^\d{17}[\dX]$/)
      expect(id.slice(0, 6)).toBe(placeOf(1, 5).code)
      expect(id.slice(6, 14)).toBe(dateOf(birthDay).replaceAll('-', ''))
      expect(Number(id[16]) % 2).toBe(sex === 'male' ? 1 : 0)
      expect(id[17]).toBe(checkCharacter(id))
    }
  })

  test('never repeat, even when everybody wishes for the same birthday', () => {
    // The densest case: whole turns of the wheel, where district and sequence come round again.
    const turn = PLACES.length * 62
    const seen = new Set<string>()
    let made = 0
    for (let block = 0; block < turn * 128; block += 31) {
      const birthDay = uniqueBirthDay(block, dayOf('1985-03-03'))
      for (let slot = 0; slot < BLOCK_SIZE; slot += 3, made++) {
        seen.add(idNumber(9, block * BLOCK_SIZE + slot, birthDay, slot % 2 ? 'male' : 'female'))
      }
    }
    expect(made).toBeGreaterThan(60_000)
    expect(seen.size).toBe(made)
    expect(CAPACITY).toBe(5_079_040)
  })

  test('move a birthday by 64 days at most', () => {
    const wanted = dayOf('1990-01-01')
    for (let block = 0; block < 700_000; block += 997) {
      const moved = uniqueBirthDay(block, wanted)
      expect(Math.abs(moved - wanted)).toBeLessThanOrEqual(64)
      expect(uniqueBirthDay(block, moved)).toBe(moved)
    }
  })
})

describe('phones', () => {
  test('look like mobile numbers and never repeat', () => {
    const phones = new Set<string>()
    for (let index = 0; index < 100_000; index++) {
      const phone = phoneOf(4, index)
      if (!/^1[358]\d{9}$/.test(phone)) throw new Error(phone)
      phones.add(phone.slice(3))
    }
    expect(phones.size).toBe(100_000)
  })

  test('differ between seeds', () => {
    expect(phoneOf(1, 0)).not.toBe(phoneOf(2, 0))
  })
})

test('places have six digits, and no two are the same', () => {
  expect(new Set(PLACES.map((place) => place.code)).size).toBe(80)
  expect(PLACES.every((place) => /^\d{6}$/.test(place.code) && place.district.endsWith('区'))).toBe(true)
})
