import { describe, expect, it } from 'vitest'
import { CHART } from './chart-theme.ts'
import { comparisonChart } from './charts.ts'
import type { ComparedIndicator, ComparedPoint } from './report-document.ts'

const size = { widthPt: 260, heightPt: 110 }

function glucose(points: ComparedPoint[]): ComparedIndicator {
  return { indicator: 'glucose', unit: 'mmol/L', points }
}

const three: ComparedPoint[] = [
  { date: '2024-11-01', value: 5, valueText: '5.0', low: 3.9, high: 6.1, flag: '' },
  { date: '2025-11-01', value: 3.2, low: 3.7, high: 5.9, flag: '↓' },
  { date: '2026-11-01', value: 7.3, low: 3.7, high: 5.9, flag: '↑' },
]

describe('comparisonChart', () => {
  const svg = comparisonChart(glucose(three), size)

  it('writes values, arrows, years and the ends of the latest range beside what they name', () => {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map((match) => match[1])
    expect(texts).toEqual(expect.arrayContaining(['5.0', '3.2↓', '7.3↑', '2024', '2025', '2026', '3.7', '5.9']))
    expect(texts).not.toContain('6.1')
  })

  it('fills points out of range and leaves the others open', () => {
    const fills = [...svg.matchAll(/<path[^>]*fill="([^"]+)"[^>]*stroke="([^"]+)"/g)].map((match) => [
      match[1],
      match[2],
    ])
    expect(fills).toContainEqual(['#FFFFFF', CHART.line])
    expect(fills).toContainEqual([CHART.high, CHART.high])
    expect(fills).toContainEqual([CHART.low, CHART.low])
  })

  it('shades the band of each point', () => {
    expect(svg.split(`fill="${CHART.band}"`)).toHaveLength(4)
  })

  it('shades nothing where the laboratory gave no range', () => {
    const bare = comparisonChart(glucose(three.map(({ date, value, flag }) => ({ date, value, flag }))), size)
    expect(bare).not.toContain(CHART.band)
  })

  it('gives the same drawing whatever was drawn before', () => {
    comparisonChart(glucose(three.slice(0, 2)), size)
    expect(comparisonChart(glucose(three), size)).toBe(svg)
  })

  it.each([[[]], [three.slice(0, 1)]])('draws %j', (points) => {
    expect(comparisonChart(glucose(points), size)).toMatch(/^<svg[\s\S]*<\/svg>$/)
  })

  it('puts the ends of a narrow range into one label', () => {
    const narrow = three.map((point) => ({ ...point, low: 4, high: 4.1 }))
    expect(comparisonChart(glucose(narrow), size)).toContain('4–4.1')
  })
})
