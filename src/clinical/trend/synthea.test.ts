import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { resolveIndicator } from '../indicator/resolve.ts'
import { parseResult } from '../result/parse-result.ts'
import { convert } from '../unit/convert.ts'
import { trend, type TrendPoint } from './trend.ts'

const material = process.env.PEIBAN_MATERIAL

interface Coded {
  code: { text?: string; coding?: { system: string; code: string }[] }
  valueQuantity?: { value: number; unit: string }
}
type Resource = Coded & { resourceType: string; effectiveDateTime: string; component?: Coded[] }
interface Reading {
  code: string
  at: string
  value: number
  unit: string
}

/** The numeric results of each of sixty synthetic patients that are indicators of ours, in our unit. */
function patients(): Reading[][] {
  const text = gunzipSync(readFileSync(join(material ?? '', 'fhir', 'synthea-r4-60-bundles.ndjson.gz'))).toString()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const bundle = JSON.parse(line) as { entry: { resource: Resource }[] }
      return bundle.entry
        .filter(({ resource }) => resource.resourceType === 'Observation')
        .flatMap(({ resource }) =>
          [resource, ...(resource.component ?? [])].flatMap((part) => reading(part, resource.effectiveDateTime)),
        )
    })
}

function reading({ code, valueQuantity }: Coded, at: string): Reading[] {
  if (!valueQuantity) return []
  const loinc = code.coding?.find(({ system }) => system === 'http://loinc.org')?.code
  const found = resolveIndicator({ name: code.text ?? '', loinc, unit: valueQuantity.unit })
  if (!found?.code) return []
  const converted = convert(found.code, valueQuantity.value, valueQuantity.unit)
  return 'value' in converted ? [{ code: found.code, at, value: converted.value, unit: converted.unit }] : []
}

/**
 * Theil–Sen written anew from its definition, with nothing of the library: the median of the slopes of all pairs of
 * days, a day being the mean of its values, in units per 365.25 days.
 */
function slopeOf(readings: readonly { at: string; value: number }[]): number {
  const days = new Map<number, number[]>()
  for (const { at, value } of readings) {
    const day = Date.parse(`${at.slice(0, 10)}T00:00:00Z`) / 86_400_000
    days.set(day, [...(days.get(day) ?? []), value])
  }
  const means = [...days].map(
    ([day, values]) => [day / 365.25, values.reduce((a, b) => a + b) / values.length] as const,
  )
  const slopes = means.flatMap(([x1, y1], i) => means.slice(i + 1).map(([x2, y2]) => (y2 - y1) / (x2 - x1)))
  const sorted = slopes.sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.ceil((sorted.length - 1) / 2)]!]
  return (low + high) / 2
}

const FIVE_YEARS_MS = 5 * 365.25 * 86_400_000

describe.skipIf(!material)('sixty synthetic lives', () => {
  it('give every indicator of five years a slope that an independent computation confirms', () => {
    let compared = 0
    let people = 0
    for (const readings of patients()) {
      const byCode = Map.groupBy(readings, ({ code }) => code)
      const before = compared
      for (const [code, same] of byCode) {
        const times = same.map(({ at }) => Date.parse(at))
        const days = new Set(same.map(({ at }) => at.slice(0, 10))).size
        if (Math.max(...times) - Math.min(...times) < FIVE_YEARS_MS || days < 3) continue
        const { series } = trend(same.map(({ at, value, unit }) => ({ on: at, value, unit })))
        expect(series, code).toHaveLength(1)
        const expected = slopeOf(same)
        expect(series[0]!.slopePerYear!.slope, code).toBeCloseTo(expected, 9)
        compared++
      }
      if (compared > before) people++
    }
    expect(people).toBeGreaterThan(20)
    expect(compared).toBeGreaterThan(200)
  })
})

/** A line of six years, among whose values something else was printed. */
const line: TrendPoint[] = [4, 4.1, 4.2, 4.3, 4.4, 4.5].map((value, at) => ({ on: `${2018 + at}-05-01`, value }))

function pointOf(printed: string): TrendPoint[] {
  const result = parseResult(printed)
  return result.kind === 'number'
    ? [{ on: '2021-01-01', value: result.value, comparator: result.comparator, remark: result.remark }]
    : []
}

test.each([
  ['4.15+', 1, 'nobody knows what its + means'],
  ['>6.22', 1, 'a bound is no value'],
  ['阴性（-）', 0, 'a step is no number'],
  ['未查', 0, 'what was not examined has none'],
])('%s stands as it was received and moves no slope: %s', (printed, shown) => {
  expect(parseResult(printed).text).toBe(printed)
  const points = pointOf(printed)
  const [plain] = trend(line).series
  const [series] = trend([...line, ...points]).series
  expect(points).toHaveLength(shown)
  expect(series!.slopePerYear).toEqual(plain!.slopePerYear)
  expect(series!.inexact).toBe(shown)
})
