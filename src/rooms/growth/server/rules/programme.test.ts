import { describe, expect, test } from 'vitest'
import {
  consentRefusal,
  consentStanding,
  endsOn,
  enrolRefusal,
  nextMeasureOn,
  ownConsentFrom,
  stageDue,
  yearOf,
} from './programme.ts'

const BORN = '2016-05-20'

test.each([
  ['2023-05-19', 'too-young'],
  ['2023-05-20', undefined],
  ['2031-05-19', undefined],
  ['2031-05-20', 'too-old'],
])('on %s: %s', (today, refusal) => expect(enrolRefusal(BORN, today)).toBe(refusal))

test('14, 15 and 18 are birthdays', () => {
  expect([ownConsentFrom(BORN), endsOn(BORN), endsOn(BORN, true)]).toEqual(['2030-05-20', '2031-05-20', '2034-05-20'])
})

test.each([
  ['mother', '2030-05-19', undefined],
  ['mother', '2030-05-20', 'OwnConsentWanted'],
  ['self', '2030-05-19', 'ChildConsentTooEarly'],
  ['self', '2030-05-20', undefined],
] as const)('%s on %s: %s', (relation, on, refusal) => expect(consentRefusal(BORN, relation, on)).toBe(refusal))

test.each([
  [false, '2030-05-19', 'guardian'],
  [false, '2030-05-20', 'wanting'],
  [true, '2030-05-20', 'own'],
])('own consent %s on %s: %s', (has_own_consent, today, standing) =>
  expect(consentStanding({ own_consent_from: '2030-05-20', has_own_consent }, today)).toBe(standing),
)

test.each([
  [null, '2026-03-02'],
  ['2025-01-01', '2026-03-02'],
  ['2026-02-01', '2026-05-03'],
])('last measured %s, next %s', (last, next) => expect(nextMeasureOn(last, '2026-03-02', 91)).toBe(next))

describe('the years', () => {
  test('follow each other without a gap', () => {
    expect(yearOf('2024-03-01', 1)).toEqual({ fromOn: '2024-03-01', toOn: '2025-02-28' })
    expect(yearOf('2024-03-01', 2)).toEqual({ fromOn: '2025-03-01', toOn: '2026-02-28' })
  })

  test.each([
    [[], '2025-01-28', null],
    [[], '2025-01-29', 1],
    [[1], '2025-06-01', null],
    [[1], '2026-02-10', 2],
    [[], '2026-06-01', 1],
  ])('marked %j, on %s: %s', (marked, today, year) =>
    expect(stageDue('2024-03-01', marked, today)?.year ?? null).toBe(year),
  )
})
