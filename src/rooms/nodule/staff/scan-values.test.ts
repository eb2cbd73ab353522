import { describe, expect, test } from 'vitest'
import type { ScanView } from '../contract/words.ts'
import { scanOf, startOf, UNNAMED, valuesOf } from './scan-values.ts'

describe('the form as the contract wants it', () => {
  test('what is empty is left out, an untouched box says nothing, a chosen no is kept', () => {
    const scan = {
      on: '2026-03-01',
      longMm: 7,
      shortMm: null,
      facility: '',
      features: { type: 'solid', a: undefined, b: [], c: false },
    }
    expect(scanOf({ scan }, undefined)).toEqual({
      on: '2026-03-01',
      longMm: 7,
      shortMm: null,
      gone: false,
      features: { type: 'solid', c: false },
      reported: null,
      radiologist: null,
    })
  })

  test('not seen: no sizes and no features, whatever was typed before', () => {
    const scan = { on: '2026-03-01', gone: true, longMm: 7, features: { type: 'solid' } }
    expect(scanOf({ scan }, undefined)).toMatchObject({ gone: true, longMm: null, features: {} })
  })

  test('a category without its system stays without one, with the words of the report', () => {
    const scan = { reported: { system: UNNAMED, category: '4' } }
    expect(scanOf({ scan }, 'TI-RADS 4类')['reported']).toEqual({ system: null, category: '4', raw: 'TI-RADS 4类' })
    expect(scanOf({ scan: { reported: { system: 'bi-rads' } } }, undefined)['reported']).toBeNull()
  })

  test('words alone are no interval; no months at all is not nought months', () => {
    const by = (radiologist: object) => scanOf({ scan: { radiologist } }, undefined)['radiologist']
    expect(by({ words: '建议复查', months: null })).toBeNull()
    expect(by({ months: 0, words: '尽快' })).toEqual({ months: 0, words: '尽快' })
    expect(by({ on: '2026-06-01' })).toEqual({ on: '2026-06-01' })
  })
})

test('a new scan begins with how the last one was done, but not with how it compared', () => {
  const last = {
    modality: 'ct',
    facility: '市一院',
    features: { type: 'solid', status: 'baseline' },
  } as unknown as ScanView
  expect(startOf('lung', last)).toEqual({ modality: 'ct', facility: '市一院', features: { type: 'solid' } })
  expect(startOf('thyroid', undefined)).toMatchObject({ modality: 'ultrasound' })
})

test('a scan comes back into the form as it was entered', () => {
  const scan = {
    on: '2026-03-01',
    longMm: 7,
    features: {},
    grades: [{ source: 'report', system: null, category: '4' }],
    radiologist: null,
  }
  expect(valuesOf(scan as unknown as ScanView)).toMatchObject({
    on: '2026-03-01',
    reported: { system: UNNAMED, category: '4' },
  })
})
