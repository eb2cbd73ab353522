import { describe, expect, test } from 'vitest'
import { evaluate, instrumentByCode } from '../../../clinical/index.ts'
import type { Features, Organ } from '../contract/words.ts'
import { proposeCategory, proposeProbabilities, type Measured } from './propose.ts'
import { meanMm } from './rules/size.ts'
import { bandOf, categoriesOf, GUIDELINES, rowOf } from './systems.ts'

const person = { ageYears: 60, sex: 'female' }
const scan = (
  organ: Organ,
  longMm: number,
  shortMm: number | null,
  features: Features,
  solidMm: number | null = null,
): Measured => ({
  organ,
  on: '2026-03-01',
  longMm,
  shortMm,
  depthMm: null,
  solidMm,
  features,
  gone: false,
})

describe('a proposal is what the instrument says, and nothing else', () => {
  test('lung, over sizes, kinds and states', () => {
    for (const type of ['solid', 'partSolid', 'groundGlass'])
      for (let longMm = 1; longMm <= 40; longMm += 0.5) {
        const solidMm = type === 'partSolid' ? longMm / 2 : null
        const measured = scan('lung', longMm, longMm, { type }, solidMm)
        for (const system of ['lung-rads-2022', 'c-lung-rads']) {
          const { proposal, refusal } = proposeCategory(system, measured, [], person)
          const status = system === 'lung-rads-2022' ? { status: 'baseline' } : {}
          const input = { type, diameterMm: meanMm(measured), ...(solidMm ? { solidMm } : {}), ...status }
          const expected = evaluate(instrumentByCode(system)!, input)
          if (expected.refused) expect([proposal, typeof refusal?.zh]).toEqual([null, 'string'])
          else expect(proposal).toMatchObject({ system, category: expected.output['category'], pct: null })
        }
      }
  })

  test('thyroid by both systems, each asking its own features', () => {
    const acr = { composition: 'solid', echogenicity: 'hypoechoic', shape: 'wider', margin: 'smooth', foci: ['none'] }
    const by = (system: string, features: Features) =>
      proposeCategory(system, scan('thyroid', 12, 9, features), [], person).proposal
    expect(by('acr-tirads', acr)).toMatchObject({ category: 'TR4', input: { sizeCm: 1.2 } })
    expect(by('c-tirads', { solid: true, vertical: true })).toMatchObject({ category: '4B' })
  })

  test('the former scan tells growth, unless a person has said how it compares', () => {
    const before = { on: '2025-09-01', longMm: 6, shortMm: 6, depthMm: null }
    const by = (features: Features) =>
      proposeCategory('lung-rads-2022', scan('lung', 8, 8, { type: 'solid', ...features }), [before], person).proposal
    expect(by({})).toMatchObject({ category: '4B', input: { status: 'growing' } })
    expect(by({ status: 'new' })).toMatchObject({ input: { status: 'new' } })
  })

  test('what is missing is named; BI-RADS is the radiologist’s, and a nodule that is gone has no category', () => {
    expect(proposeCategory('lung-rads-2022', scan('lung', 7, 6, {}), [], person).refusal?.zh).toContain('还缺')
    expect(proposeCategory('bi-rads', scan('breast', 9, 6, {}), [], person)).toEqual({
      proposal: null,
      refusal: null,
    })
    const gone = { ...scan('lung', 7, 6, { type: 'solid' }), longMm: null, gone: true }
    expect(proposeCategory('lung-rads-2022', gone, [], person).proposal).toBeNull()
  })

  test('part-solid: what has grown in it decides; where nobody measured it, nothing is proposed as stable', () => {
    const by = (before: { solidMm: number | null; type: string }, solidMm: number) => {
      const former = { on: '2025-09-01', longMm: 9, shortMm: 9, depthMm: null, solidMm: before.solidMm }
      return proposeCategory('lung-rads-2022', scan('lung', 9, 9, { type: 'partSolid' }, solidMm), [former], person)
    }
    expect(by({ type: 'partSolid', solidMm: 3 }, 6).proposal).toMatchObject({
      category: '4B',
      input: { status: 'growingSolid' },
    })
    expect(by({ type: 'groundGlass', solidMm: 0 }, 3).proposal).toMatchObject({ category: '4A' })
    expect(by({ type: 'partSolid', solidMm: 6 }, 6).proposal).toMatchObject({
      category: '3',
      input: { status: 'stable' },
    })
    expect(by({ type: 'partSolid', solidMm: null }, 6)).toMatchObject({
      proposal: null,
      refusal: { zh: expect.any(String) },
    })
  })

  test('pure ground glass is judged by its own limits, and never with a solid part', () => {
    const by = (longMm: number, solidMm: number | null) =>
      proposeCategory('lung-rads-2022', scan('lung', longMm, longMm, { type: 'groundGlass' }, solidMm), [], person)
    expect(by(29, null).proposal).toMatchObject({ category: '2' })
    expect(by(29, 0).proposal).toMatchObject({ category: '2' })
    expect(by(30, 0).proposal).toMatchObject({ category: '3' })
    expect(by(29, 4)).toMatchObject({ proposal: null, refusal: { zh: expect.any(String) } })
  })

  test('the consensus template sorts by kind, size and risk, and without the risk refuses', () => {
    const by = (longMm: number, features: Features) =>
      proposeCategory('lung-consensus', scan('lung', longMm, null, features), [], person)
    expect(by(5, { type: 'groundGlass' }).proposal?.category).toBe('ground-glass-5')
    expect(by(6.1, { type: 'solid', risk: 'high' }).proposal?.category).toBe('solid-high-8')
    expect(by(9, { type: 'solid' }).proposal?.category).toBe('solid-over-8')
    expect(by(6, { type: 'solid' })).toMatchObject({ proposal: null, refusal: { zh: expect.stringContaining('风险') } })
  })
})

describe('probabilities', () => {
  const whole = {
    type: 'groundGlass',
    everSmoker: true,
    priorCancer: false,
    upperLobe: true,
    spiculation: false,
    familyHistory: false,
    emphysema: false,
    count: 1,
  }
  test('Mayo and Brock where all is known, in percent; Brock calls ground glass non-solid', () => {
    const found = proposeProbabilities(scan('lung', 10, 9, whole), person)
    expect(found.map(({ system }) => system)).toEqual(['lung-nodule-mayo', 'lung-nodule-brock'])
    expect(found[1]!.input).toMatchObject({ type: 'nonSolid', female: true, diameterMm: 10, age: 60 })
    for (const { pct } of found) expect(pct!).toBeGreaterThan(0)
  })
  test('a term that is missing is not taken for no', () => {
    const { spiculation: _left, ...rest } = whole
    expect(proposeProbabilities(scan('lung', 10, 9, rest), person)).toEqual([])
    expect(proposeProbabilities(scan('lung', 10, 9, whole), { ...person, ageYears: null })).toEqual([])
    expect(proposeProbabilities(scan('breast', 10, 9, whole), person)).toEqual([])
  })
})

describe('the guidelines', () => {
  const plan = (system: string, row: string) =>
    GUIDELINES.find((one) => one.system === system)!.rows.find(({ key }) => key === row)?.plan

  test('say the months that the instruments say', () => {
    for (const code of ['lung-rads-2022', 'c-lung-rads']) {
      const { months } = instrumentByCode(code)!.card as unknown as { months: Record<string, number> }
      for (const [category, count] of Object.entries(months))
        expect(plan(code, category), `${code} ${category}`).toMatchObject(
          count === 0 ? { act: 'refer' } : { act: 'recheck', months: [count] },
        )
    }
    const { categories } = instrumentByCode('bi-rads')!.card as unknown as {
      categories: Record<string, { schedule: number[] }>
    }
    for (const [category, { schedule }] of Object.entries(categories))
      if (schedule.length > 0) expect(plan('bi-rads', category)).toMatchObject({ act: 'recheck', months: schedule })
    const { sizes } = instrumentByCode('acr-tirads')!.card as unknown as { sizes: Record<string, { years: number[] }> }
    for (const [level, { years }] of Object.entries(sizes))
      expect(plan('acr-tirads', `${level}:follow`)).toMatchObject({ months: years.map((year) => year * 12) })
    const { plans } = instrumentByCode('fleischner-2017')!.card as unknown as {
      plans: Record<string, { monthsFrom: number | null; monthsTo: number | null; band: string }>
    }
    for (const [key, { monthsTo, monthsFrom, band }] of Object.entries(plans)) {
      if (band === 'none' || band === 'optional') continue
      const row = plan('fleischner-2017', key) as { months: number[]; earliest?: number[] }
      expect(row.months[0], key).toBe(monthsTo)
      if (monthsFrom !== 0) expect(row.earliest?.[0], key).toBe(monthsFrom)
    }
  })

  test('C-TIRADS gives no interval of ours; what is not confirmed in print says so', () => {
    const c = GUIDELINES.find(({ system }) => system === 'c-tirads')!
    expect(c.rows.filter((one) => one.plan.act === 'recheck')).toEqual([])
    const unconfirmed = GUIDELINES.filter((one) => one.unconfirmed).map(({ system }) => system)
    expect(unconfirmed).toEqual(['fleischner-2017', 'lung-consensus', 'bi-rads', 'acr-tirads', 'c-tirads'])
  })

  test('each category falls into a row, with its size where that decides', () => {
    for (const guideline of GUIDELINES)
      for (const { code } of categoriesOf(guideline))
        expect(guideline.rows.map(({ key }) => key)).toContain(rowOf(guideline.system, code, 12))
    expect(rowOf('acr-tirads', 'TR4', 9.9)).toBe('TR4:small')
    expect(rowOf('acr-tirads', 'TR4', 10)).toBe('TR4:follow')
    expect(rowOf('acr-tirads', 'TR4', 15)).toBe('TR4:puncture')
    expect(rowOf('acr-tirads', 'TR4', null)).toBeNull()
    expect(rowOf('acr-tirads', 'TR1', null)).toBe('TR1')
  })

  test('each category has words of its own before any number', () => {
    for (const guideline of GUIDELINES.filter(({ system }) => system !== 'lung-consensus'))
      for (const { code } of categoriesOf(guideline)) expect(bandOf(guideline.system, code), code).toBeDefined()
    expect(bandOf(null, '4')).toBeUndefined()
  })
})
