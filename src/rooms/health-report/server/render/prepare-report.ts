import { comparisonChart } from './charts.ts'
import { printable } from '../../../../platform/print/printable-text.ts'
import { qrSvg } from './qr-code.ts'
import {
  SEVERITIES,
  type ComparedIndicator,
  type ComparedPoint,
  type ReportConclusion,
  type ReportDocument,
  type ReportFlag,
  type ReportSection,
  type Severity,
} from './report-document.ts'
import { refuseUnsafe } from './report-refusals.ts'

/** What the templates read: the document with its texts made printable, its drawings made, its parts counted. */
export interface PreparedReport extends Omit<ReportDocument, 'conclusions' | 'sections' | 'comparison'> {
  qrSvg: string
  /** True when a character had to be replaced, so that the mark is explained. */
  hasStandIns: boolean
  counts: { items: number; abnormal: number; notDone: number }
  conclusionGroups: ConclusionGroup[]
  sections: PreparedSection[]
  /** Indicators with at least two points, drawn. */
  comparison: PreparedIndicator[]
  /** Indicators with a single point, listed. */
  measuredOnce: (Omit<PreparedIndicator, 'svg' | 'chartHeightPt' | 'rows'> & ComparedRow)[]
}

/** The norm's three ranks, numbered through. */
export interface ConclusionGroup {
  rank: 'high-risk' | 'new-suspected' | 'known'
  conclusions: (ReportConclusion & { number: number })[]
}

export interface PreparedSection extends ReportSection {
  /** The one pair who signed the whole part; missing when items were signed by different people. */
  signedBy?: { examiner: string; reviewer: string }
}

export interface PreparedIndicator extends Omit<ComparedIndicator, 'points'> {
  svg: string
  chartHeightPt: number
  /** Newest first, as a reader asks for them. */
  rows: ComparedRow[]
}

export interface ComparedRow {
  date: string
  value: string
  flag: ReportFlag
  rangeText: string
}

export const CHART_WIDTH_PT = 262
/** A row of the table beside a chart; the drawing is as tall as its table, within reason. */
const ROW_PT = 13.4
const CHART_HEIGHT_PT = { min: 82, max: 190 }

/**
 * Checks and completes a document for the templates. Throws `UnmaskedNumber` or `UnsafeSvg`. `missing` holds the
 * characters that no font can show.
 */
export function prepareReport(document: ReportDocument): { prepared: PreparedReport; missing: Set<string> } {
  refuseUnsafe(document)
  const missing = new Set<string>()
  const { organization, doctor, ...texts } = document
  const { conclusions, sections, comparison, ...rest } = printable(
    { ...texts, organization: { ...organization, logoSvg: undefined }, doctor: { ...doctor, signatureSvg: undefined } },
    missing,
  )
  const items = sections.flatMap((section) => section.items)
  const prepared: PreparedReport = {
    ...rest,
    // Drawings are not prose: their line feeds and entities stay as they are.
    organization: { ...rest.organization, logoSvg: organization.logoSvg },
    doctor: { ...rest.doctor, signatureSvg: doctor.signatureSvg },
    qrSvg: qrSvg(document.verifyUrl),
    hasStandIns: missing.size > 0,
    counts: {
      items: items.length,
      abnormal: items.filter((item) => item.flag !== '').length,
      notDone: document.notDone.length,
    },
    conclusionGroups: groupConclusions(conclusions),
    sections: sections.map(prepareSection),
    comparison: comparison.filter(({ points }) => points.length > 1).map(prepareIndicator),
    measuredOnce: comparison.flatMap(({ indicator, unit, points }) =>
      points.length === 1 ? points.map((point) => ({ indicator, unit, ...comparedRow(point) })) : [],
    ),
  }
  return { prepared, missing }
}

const RANK: Record<Severity, ConclusionGroup['rank']> = {
  'high-risk': 'high-risk',
  'new-suspected': 'new-suspected',
  disease: 'known',
  positive: 'known',
  'risk-factor': 'known',
}

/**
 * Conclusions under the three ranks of the norm (high-risk, newly suspected, then diseases, positive findings and risk
 * factors); equal grades keep the caller's order. Empty ranks are left out.
 */
export function groupConclusions(conclusions: ReportConclusion[]): ConclusionGroup[] {
  const ranks = ['high-risk', 'new-suspected', 'known'] as const
  const inNormOrder = conclusions.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  let number = 0
  return ranks
    .map((rank) => ({
      rank,
      conclusions: inNormOrder
        .filter(({ severity }) => RANK[severity] === rank)
        .map((c) => ({ ...c, number: ++number })),
    }))
    .filter((group) => group.conclusions.length > 0)
}

/** Each item is signed (norms §4.5): once under the part where the same pair signed all of it, else on each line. */
export function prepareSection(section: ReportSection): PreparedSection {
  const ofSection = { examiner: section.examiner ?? '', reviewer: section.reviewer ?? '' }
  const items = section.items.map((item) => ({
    ...item,
    examiner: item.examiner ?? ofSection.examiner,
    reviewer: item.reviewer ?? ofSection.reviewer,
  }))
  const { examiner, reviewer } = items[0] ?? ofSection
  const sameForAll = items.every((item) => item.examiner === examiner && item.reviewer === reviewer)
  return { ...section, items, ...(sameForAll ? { signedBy: { examiner, reviewer } } : {}) }
}

function prepareIndicator({ indicator, unit, points }: ComparedIndicator): PreparedIndicator {
  const sorted = points.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const wished = (sorted.length + 1) * ROW_PT
  const chartHeightPt = Math.min(Math.max(wished, CHART_HEIGHT_PT.min), CHART_HEIGHT_PT.max)
  return {
    indicator,
    unit,
    chartHeightPt,
    svg: comparisonChart({ indicator, unit, points: sorted }, { widthPt: CHART_WIDTH_PT, heightPt: chartHeightPt }),
    rows: sorted.toReversed().map(comparedRow),
  }
}

function comparedRow({ date, value, valueText, flag, low, high }: ComparedPoint): ComparedRow {
  return { date, value: valueText ?? String(value), flag, rangeText: rangeText(low, high) }
}

/** `3.9–6.1`, `≤5.2`, `≥60`, or nothing. */
export function rangeText(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return `${low}–${high}`
  if (high !== undefined) return `≤${high}`
  return low !== undefined ? `≥${low}` : ''
}
