import { describe, expect, it } from 'vitest'
import refusals from '../../content/refusals.json' with { type: 'json' }
import { refuse } from './outcome.ts'
import type { RefusalCode } from './outcome.ts'

// HL7 table 0357, the codes that a refusal may bear.
const CONDITIONS = ['100', '101', '102', '103', '200', '201', '202', '203', '204', '205', '206', '207']

describe('refusals', () => {
  it.each(Object.keys(refusals) as RefusalCode[])('%s says in both languages what a laboratory can do', (code) => {
    const refused = refuse(code, undefined, 'X^Y')
    expect(CONDITIONS).toContain(refused.errorCode)
    expect(['AE', 'AR']).toContain(refused.ackCode)
    expect(refused.reason.zh).toMatch(/[\u4e00-\u9fff]{4}/)
    expect(refused.reason.en).toMatch(/\w+ \w+ \w+/)
    for (const text of Object.values(refused.reason)) expect(text).not.toMatch(/[{}]/)
    expect(refused.reason.zh.includes('X^Y')).toBe(refused.reason.en.includes('X^Y'))
  })

  it('names the place', () => {
    expect(refuse('no-type', { segment: 'MSH', field: 9 }).location).toEqual({ segment: 'MSH', field: 9 })
    expect(refuse('no-type')).not.toHaveProperty('location')
  })
})
