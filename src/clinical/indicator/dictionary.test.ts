import { describe, expect, it } from 'vitest'
import { isConvertible } from '../unit/convert.ts'
import { bridges } from '../unit/bridge.ts'
import { unitByCode } from '../unit/unit-table.ts'
import { indicatorByCode, indicators, isPlausible, panelComponents, panels } from './indicator.ts'
import { isLoinc } from './loinc.ts'
import { nameKey } from './name-key.ts'

const all = indicators()
/** What the patient's daughter would have to look up. */
const jargon = /特异性|敏感性|离散|嘌呤|自身抗体|致动脉|摄取|免疫球蛋白|途径|飞升|摩尔|电解质|倒置|阈值|基线|变异/

describe('dictionary', () => {
  it('has each code, each LOINC code once, and lists panels in order of display', () => {
    const codes = all.map((one) => one.code)
    expect(new Set(codes).size).toBe(codes.length)
    const loincs = all.flatMap((one) => one.loinc.map((loinc) => loinc.code))
    expect(new Set(loincs).size).toBe(loincs.length)
    const order = panels().map((panel) => panel.code)
    const places = all.map((one) => order.indexOf(one.panel))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('holds only LOINC codes whose check digit is right', () => {
    expect(all.flatMap((one) => one.loinc.map((loinc) => loinc.code)).filter((code) => !isLoinc(code))).toEqual([])
  })

  it.each(all.map((one) => [one.code, one] as const))('%s is whole', (code, one) => {
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/)
    expect(['range', 'lower', 'higher']).toContain(one.direction)
    expect(['blood', 'serum', 'plasma', 'urine', 'stool', 'body']).toContain(one.specimen)
    expect(one.nameZh).toMatch(/\p{Script=Han}/u)
    expect(one.meaningZh).toMatch(/\p{Script=Han}.*。$/u)
    expect(one.meaningEn).toMatch(/^[A-Z].*\.$/)
    const printed = [...one.names, ...(one.sharedNames ?? [])]
    expect(printed.some((name) => nameKey(name) === nameKey(one.nameZh))).toBe(true)
    for (const interval of one.reference) {
      expect(interval.source).not.toBe('')
      expect(interval.low ?? -Infinity).toBeLessThan(interval.high ?? Infinity)
    }
    if (one.kind !== 'number') return
    expect(one.printedUnits[0]).toBe(one.unit)
    for (const unit of one.printedUnits) expect(unitByCode(unit), unit).toBeDefined()
    expect(one.decimals).toBeGreaterThanOrEqual(0)
    for (const { low = one.plausible.low, high = one.plausible.high } of one.reference) {
      expect(isPlausible(one, low) && isPlausible(one, high)).toBe(true)
    }
  })

  it.each(all.map((one) => [one.nameZh, one.meaningZh, one.meaningEn] as const))(
    '%s is explained in one plain sentence that fits on a phone',
    (_name, zh, en) => {
      expect([...zh].length).toBeLessThanOrEqual(40)
      expect(en.length).toBeLessThanOrEqual(110)
      expect(zh).not.toMatch(jargon)
      expect(zh).not.toMatch(/[!！]|一定|保证|治愈|必须/)
    },
  )

  it('knows terms of art when it meets them', () => {
    expect('嘌呤代谢的产物，特异性不高。').toMatch(jargon)
    expect('血里的油脂，受饮食饮酒影响大。').not.toMatch(jargon)
  })

  it('names nothing twice, except what unit or specimen tells apart', () => {
    const owners = Map.groupBy(
      all.flatMap((one) => one.names.map((name) => ({ key: nameKey(name), code: one.code }))),
      (entry) => entry.key,
    )
    const doubled = [...owners.values()]
      .map((same) => [...new Set(same.map((entry) => entry.code))])
      .filter((codes) => codes.length > 1)
    expect(new Set(doubled.map(String))).toEqual(new Set(['lpa,lpa_molar']))
  })

  it('bridges only known indicators from units of another kind', () => {
    for (const [code, ways] of Object.entries(bridges)) {
      const one = indicatorByCode(code)
      expect(one?.kind, code).toBe('number')
      for (const way of ways) {
        expect(isConvertible(code, way.from), `${code} ${way.from}`).toBe(true)
        expect(unitByCode(way.from)!.dimension).not.toBe(unitByCode(one!.kind === 'number' ? one!.unit : '')!.dimension)
      }
    }
  })
})

describe('panelComponents', () => {
  it.each([
    ['85354-9', ['sbp', 'dbp']],
    ['55284-4', ['sbp', 'dbp']],
    ['8480-6', undefined],
  ])('%s → %s', (loinc, components) => expect(panelComponents(loinc)).toEqual(components))
})

describe('isLoinc', () => {
  it.each([
    ['2345-7', true],
    ['14771-0', true],
    ['2345-8', false],
    ['0135-4', true],
    ['1894', false],
    ['', false],
  ])('%s → %s', (text, expected) => expect(isLoinc(text)).toBe(expected))
})
