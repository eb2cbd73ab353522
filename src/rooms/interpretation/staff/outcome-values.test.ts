import { expect, test } from 'vitest'
import { outcome as contract, type OutcomeView } from '../contract/words.ts'
import { outcomeOf, toldOf, valuesOf } from './outcome-values.ts'

const signed: OutcomeView = {
  grade: 'recheck',
  meaning: '比参考范围高一点。',
  options: [{ title: '少盐', pros: '简单', cons: '' }],
  ifNothing: '',
  next: [{ what: '量血压', by: '两周', who: 'patient' }],
  recheck: { what: '血糖', from: '2026-06-01', until: '2026-06-30' },
  monthly: null,
  teachBack: { done: true, note: '' },
  version: 2,
  because: '改一处',
  signedBy: '张文远',
  signedTitle: '',
  signedAt: '2026-03-04T02:00:00Z',
}

test('what was signed comes back as it was', () => {
  const { version: _v, because: _b, signedBy: _n, signedTitle: _t, signedAt: _a, ...said } = signed
  const again = outcomeOf(valuesOf(signed) as never)
  expect(again).toEqual(said)
  expect(contract.parse(again)).toEqual(said)
})

test('rows left empty and boxes not ticked are nothing', () => {
  const outcome = outcomeOf({
    outcome: {
      grade: 'none',
      meaning: '都在范围里。',
      options: [{ pros: '没写做法' }, { title: '  ' }],
      next: [{ who: 'patient' }],
      recheck: { what: '血糖' },
      monthly: { months: 3 },
    },
  })
  expect(outcome).toMatchObject({ options: [], next: [], recheck: null, monthly: null, teachBack: { done: false } })
  expect(contract.safeParse(outcome).success).toBe(true)
})

test('only what was ticked as told is told', () => {
  expect(toldOf({ outcome: {}, told: { a: { told: true, readBack: '知道了' }, b: { readBack: '没说' } } })).toEqual([
    { alertId: 'a', readBack: '知道了' },
  ])
  expect(toldOf({ outcome: {} })).toEqual([])
})
