import { describe, expect, test } from 'vitest'
import { keptParts, openState, partsOf, standingSignatures, wholeHash } from './composition-rules.ts'

const item = { name: '血糖', value: '7.2', unit: 'mmol/L', rangeText: '3.9–6.1', flag: '↑' as const }
const [part] = partsOf([{ key: 'panel:glucose', title: '血糖', items: [item] }])
const act = (number: number, what: 'signed' | 'taken-back', hash = part!.hash) => ({
  number,
  act: what,
  part: 'panel:glucose',
  content_hash: hash,
  by_id: 'a',
  by_name: '张医生',
  by_title: '',
  at: new Date(0),
})

describe('a signature', () => {
  test.each([
    ['none', [], false],
    ['one', [act(1, 'signed')], true],
    ['taken back', [act(1, 'signed'), act(2, 'taken-back')], false],
    ['given again', [act(1, 'signed'), act(2, 'taken-back'), act(3, 'signed')], true],
    ['given to something else', [act(1, 'signed', '0'.repeat(64))], false],
  ])('%s', (_what, rows, signed) => {
    const parts = keptParts([part!], standingSignatures(rows))
    expect(parts[0]!.signed).toBe(signed)
    expect(openState(parts)).toBe(signed ? 'signed' : 'draft')
  })

  test('is bound to each value, its unit, range and flag', () => {
    for (const change of [{ value: '7.3' }, { unit: 'mg/dL' }, { rangeText: '3.9–6.2' }, { flag: '' as const }])
      expect(partsOf([{ key: 'panel:glucose', title: '血糖', items: [{ ...item, ...change }] }])[0]!.hash).not.toBe(
        part!.hash,
      )
    expect(part!.abnormal).toBe(1)
  })
})

test('the chief examiner signs parts, conclusions and what was not done', () => {
  const whole = wholeHash([part!], [{ title: 'a' }], [])
  expect(wholeHash([part!], [{ title: 'b' }], [])).not.toBe(whole)
  expect(wholeHash([part!], [{ title: 'a' }], [{ name: '胃镜', reason: '' }])).not.toBe(whole)
  expect(wholeHash([], [{ title: 'a' }], [])).not.toBe(whole)
  expect(wholeHash([part!], [{ title: 'a' }], [])).toBe(whole)
})
