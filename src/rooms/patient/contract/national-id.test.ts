import { describe, expect, test } from 'vitest'
import { isCalendarDate, nationalIdCheckDigit, readNationalId } from './national-id.ts'

const TODAY = '2026-03-02'
/** A number with a right check digit for these 17 digits. */
const numbered = (digits: string) => digits + nationalIdCheckDigit(digits)

describe('GB 11643', () => {
  test.each([
    ['51343620000320711X', { ok: true, sex: 'male', birthDate: '2000-03-20', number: '51343620000320711X' }],
    ['51343620000320711x', { ok: true, number: '51343620000320711X' }],
    [' 513436 20000320 711X ', { ok: true, number: '51343620000320711X' }],
    ['５１３４３６２０００03２０７１１Ｘ', { ok: true, number: '51343620000320711X' }],
    [numbered('11010519491231002'), { ok: true, sex: 'female', birthDate: '1949-12-31', number: '11010519491231002X' }],
    ['110105491231002', { ok: true, number: '11010519491231002X' }],
    [numbered('83000019900101001'), { ok: true, sex: 'male' }],
    ['513436200003207110', { ok: false, fault: 'check-digit' }],
    ['51343620000320711', { ok: false, fault: 'length' }],
    ['', { ok: false, fault: 'length' }],
    ['5134362000032O711X', { ok: false, fault: 'characters' }],
    ['5134362000032071X1', { ok: false, fault: 'characters' }],
    [numbered('99010519491231002'), { ok: false, fault: 'province' }],
    [numbered('11010520230229002'), { ok: false, fault: 'birth-date' }],
    [numbered('11010520260303002'), { ok: false, fault: 'birth-date' }],
    [numbered('11010518800101002'), { ok: false, fault: 'birth-date' }],
  ])('%s', (text, expected) => {
    expect(readNationalId(text, TODAY)).toMatchObject(expected)
  })

  test('every single wrong digit is noticed', () => {
    const right = '11010519491231002X'
    for (let at = 0; at < 17; at++)
      for (const digit of '0123456789')
        if (digit !== right[at])
          expect(readNationalId(right.slice(0, at) + digit + right.slice(at + 1), TODAY).ok).toBe(false)
  })
})

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2023-13-01', false],
  ['2023-1-1', false],
])('%s is a day: %s', (text, expected) => {
  expect(isCalendarDate(text)).toBe(expected)
})
