import { describe, expect, test } from 'vitest'
import type { HitKind, Sign } from '../../contract/words.ts'
import { judge, readingOf, type Hit } from './judge.ts'

const ACCEPTED = new Date('2026-03-02T02:00:00Z')
const at = (seconds: number) => new Date(ACCEPTED.getTime() + seconds * 1000)
const hit = (seconds: number, kind: HitKind, link = 0, sign: Sign = 'plain'): Hit => ({
  kind,
  link,
  at: at(seconds),
  sign,
})
const verdicts = (hits: Hit[]) => judge(hits, ACCEPTED).map(({ because }) => because)

describe('one hit', () => {
  test.each([
    ['a picture, minutes later', hit(300, 'picture'), 'none'],
    ['a picture through a proxy that fetches when somebody looks', hit(300, 'picture', 0, 'image-proxy'), 'none'],
    ['a link, minutes later', hit(300, 'link', 1), 'none'],
    ['ahead of anybody', hit(300, 'picture', 0, 'prefetch'), 'prefetch'],
    ['behind a veil', hit(300, 'picture', 0, 'privacy-proxy'), 'privacy-proxy'],
    ['a robot', hit(300, 'link', 1, 'robot'), 'robot'],
    ['a question for the head alone', hit(300, 'link', 1, 'head'), 'head'],
    ['the link that nobody sees', hit(300, 'trap'), 'trap'],
    ['the moment it was handed over', hit(1, 'link', 1), 'at-delivery'],
    ['three seconds after that', hit(3, 'link', 1), 'none'],
  ] as const)('%s', (_, one, because) => {
    expect(verdicts([one])).toEqual([because])
  })

  test('of a mail of which nobody knows when it arrived is not early', () => {
    expect(judge([hit(1, 'link', 1)], null)[0]).toEqual({ verdict: 'person', because: 'none' })
  })
})

describe('together', () => {
  test('a gateway that follows everything gives itself away, before and after', () => {
    expect(
      verdicts([hit(20, 'picture'), hit(21, 'link', 1), hit(22, 'link', 2), hit(29, 'trap'), hit(38, 'link', 1)]),
    ).toEqual(['beside-trap', 'beside-trap', 'beside-trap', 'trap', 'beside-trap'])
  })

  test('who reads it an hour later is a person still', () => {
    expect(verdicts([hit(20, 'trap'), hit(21, 'link', 1), hit(3600, 'picture'), hit(3620, 'link', 1)])).toEqual([
      'trap',
      'beside-trap',
      'none',
      'none',
    ])
  })

  test('three links in two seconds are no finger; two are', () => {
    expect(verdicts([hit(60, 'link', 1), hit(61, 'link', 2), hit(62, 'link', 3)])).toEqual([
      'many-links',
      'many-links',
      'many-links',
    ])
    expect(verdicts([hit(60, 'link', 1), hit(61, 'link', 2), hit(63, 'link', 3)])).toEqual(['none', 'none', 'none'])
    expect(verdicts([hit(60, 'link', 1), hit(60.5, 'link', 1), hit(61, 'link', 1), hit(61.5, 'link', 1)])).toEqual([
      'none',
      'none',
      'none',
      'none',
    ])
  })

  test('asking for the head first does not make the second question a person’s', () => {
    expect(verdicts([hit(60, 'link', 1, 'head'), hit(60.2, 'link', 1)])).toEqual(['head', 'beside-robot'])
  })

  test('the picture that a mail provider fetches for whoever looks stands beside a gateway', () => {
    expect(verdicts([hit(20, 'trap'), hit(25, 'picture', 0, 'image-proxy')])).toEqual(['trap', 'none'])
  })
})

describe('what a mail says', () => {
  const says = (hits: Hit[]) => readingOf(hits, judge(hits, ACCEPTED))
  test.each([
    ['nothing', [], { raw: false, seen: false, clicked: false }],
    ['looked at by a machine', [hit(60, 'picture', 0, 'privacy-proxy')], { raw: true, seen: false, clicked: false }],
    ['looked at', [hit(60, 'picture')], { raw: true, seen: true, clicked: false }],
    [
      'followed with pictures off, which shows it was seen',
      [hit(60, 'link', 1)],
      { raw: false, seen: true, clicked: true },
    ],
    ['followed by a gateway', [hit(60, 'link', 1), hit(61, 'trap')], { raw: false, seen: false, clicked: false }],
    [
      'behind a veil, but followed',
      [hit(60, 'picture', 0, 'privacy-proxy'), hit(90, 'link', 2)],
      { raw: true, seen: true, clicked: true },
    ],
  ] as const)('%s', (_, hits, expected) => {
    expect(says([...hits])).toEqual(expected)
  })
})
