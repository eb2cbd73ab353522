import { describe, expect, it } from 'vitest'
import { groupConclusions, prepareReport, prepareSection, rangeText } from './prepare-report.ts'
import type { ReportConclusion, ReportItem, Severity } from './report-document.ts'
import { emptyDocument, sampleDocument } from './sample-document.ts'

function aConclusion(severity: Severity, title: string = severity): ReportConclusion {
  return { title, basis: '', advice: '', severity }
}

function anItem(examiner?: string, reviewer?: string): ReportItem {
  return { name: 'ALT', value: '20', unit: 'U/L', rangeText: '9–50', flag: '', examiner, reviewer }
}

describe('groupConclusions', () => {
  it('follows the order of the norm, whatever order they come in', () => {
    const groups = groupConclusions(
      (['risk-factor', 'disease', 'new-suspected', 'positive', 'high-risk'] as const).map((s) => aConclusion(s)),
    )
    expect(groups.map(({ rank }) => rank)).toEqual(['high-risk', 'new-suspected', 'known'])
    expect(groups.flatMap(({ conclusions }) => conclusions.map(({ number, severity }) => [number, severity]))).toEqual([
      [1, 'high-risk'],
      [2, 'new-suspected'],
      [3, 'disease'],
      [4, 'positive'],
      [5, 'risk-factor'],
    ])
  })

  it('keeps the order of equals and leaves empty ranks out', () => {
    const [group, ...others] = groupConclusions([aConclusion('disease', 'b'), aConclusion('disease', 'a')])
    expect(group?.conclusions.map(({ title }) => title)).toEqual(['b', 'a'])
    expect(others).toEqual([])
  })
})

describe('prepareSection', () => {
  it.each([
    ['all by the same', [anItem('a', 'b'), anItem('a', 'b')], { examiner: 'a', reviewer: 'b' }],
    ['by different people', [anItem('a', 'b'), anItem('c', 'b')], undefined],
    ['one by the part, one by somebody else', [anItem(), anItem('c')], undefined],
    ['all by the part', [anItem(), anItem()], { examiner: 'x', reviewer: 'y' }],
    ['no items', [], { examiner: 'x', reviewer: 'y' }],
  ])('signed: %s', (_, items, signedBy) => {
    expect(prepareSection({ title: 't', examiner: 'x', reviewer: 'y', items }).signedBy).toEqual(signedBy)
  })

  it('leaves an empty line to sign on where nobody is named', () => {
    expect(prepareSection({ title: 't', items: [anItem()] }).signedBy).toEqual({ examiner: '', reviewer: '' })
  })
})

describe('rangeText', () => {
  it.each([
    [3.9, 6.1, '3.9–6.1'],
    [undefined, 5.2, '≤5.2'],
    [60, undefined, '≥60'],
    [undefined, undefined, ''],
  ])('%s and %s read %s', (low, high, text) => expect(rangeText(low, high)).toBe(text))
})

describe('prepareReport', () => {
  it('counts items, marked items and items not done', () => {
    const { counts } = prepareReport(sampleDocument()).prepared
    expect(counts).toEqual({ items: 61, abnormal: 23, notDone: 2 })
  })

  it('draws indicators with a history and lists the others', () => {
    const document = sampleDocument({ years: 3 })
    const [first, ...others] = document.comparison
    const { prepared } = prepareReport({
      ...document,
      comparison: [{ ...first!, points: first!.points.slice(-1) }, { ...first!, points: [] }, ...others],
    })
    expect(prepared.comparison).toHaveLength(others.length)
    expect(prepared.measuredOnce).toMatchObject([
      { indicator: first!.indicator, value: '152', flag: '↑', rangeText: '90–139' },
    ])
  })

  it('lists the years from the newest, whatever order they come in', () => {
    const document = sampleDocument({ years: 3 })
    const shuffled = document.comparison.map((one) => ({ ...one, points: one.points.toReversed() }))
    expect(prepareReport({ ...document, comparison: shuffled }).prepared).toEqual(prepareReport(document).prepared)
    expect(prepareReport(document).prepared.comparison[0]!.rows.map(({ date }) => date)).toEqual([
      '2026-11-18',
      '2025-11-17',
      '2024-11-16',
    ])
  })

  it('names what no font can show', () => {
    const document = { ...emptyDocument(), worries: { said: '头疼😀' } }
    const { prepared, missing } = prepareReport(document)
    expect([...missing]).toEqual(['😀'])
    expect(prepared).toMatchObject({ hasStandIns: true, worries: { said: '头疼〓' } })
  })

  it('leaves the drawings of the organization and the doctor as they are', () => {
    const signatureSvg = '<svg>\r\n<path d="M0 0"/>\t</svg>'
    const document = { ...emptyDocument(), doctor: { name: '钟离昀', signatureSvg } }
    expect(prepareReport(document).prepared.doctor.signatureSvg).toBe(signatureSvg)
  })
})
