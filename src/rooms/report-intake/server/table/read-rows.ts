import { hash } from 'node:crypto'
import type { TableField, TableMapping, ROW_REASONS } from '../../contract/tables.ts'
import type { Cell, RawRow } from '../../../patient/server/index.ts'
import { categoryOf, flagOf, sexOf } from '../dialect.ts'
import { contentId } from '../incoming.ts'
import type {
  IncomingIdentifier,
  IncomingInstant,
  IncomingPatient,
  IncomingReport,
  IncomingResult,
} from '../incoming.ts'
import { toInstant } from '../incoming-time.ts'
import { isNationalId, tidyId } from '../national-id.ts'
import { readValue } from '../value-text.ts'

export type RowReason = (typeof ROW_REASONS)[number]

export interface TableReading {
  reports: IncomingReport[]
  refused: { row: number; reasons: RowReason[] }[]
}

export interface TableOptions {
  mapping: TableMapping
  headers: readonly string[]
  /** IANA name, for times without an offset. */
  zone: string
  sourceSystem: string
}

/** Reads rows of a spreadsheet into reports: rows of one person, number, day and title are one. Pure. */
export function readTableRows(rows: readonly RawRow[], options: TableOptions): TableReading {
  const { mapping, headers } = options
  const at = new Map(headers.map((header, index) => [header, index]))
  const columnOf = (field: TableField) => at.get(mapping.columns[field] ?? '')
  const refused: TableReading['refused'] = []
  const groups = new Map<string, IncomingReport>()
  for (const row of rows) {
    const text = (field: TableField): string => {
      const index = columnOf(field)
      return index === undefined ? '' : cellText(row.cells[index] ?? null)
    }
    const reasons: RowReason[] = []
    const patient = readPerson(text, reasons)
    const takenAt = readMoment(text('takenAt'), options.zone, reasons)
    const results = mapping.shape === 'wide' ? wideResults(row, mapping, at) : longResult(text, reasons)
    if (results.length === 0 && reasons.length === 0) reasons.push('no-value')
    if (reasons.length > 0) {
      refused.push({ row: row.number, reasons: [...new Set(reasons)] })
      continue
    }
    addTo(
      groups,
      { patient, takenAt, number: text('reportNumber'), title: text('title'), results },
      options.sourceSystem,
    )
  }
  const reports = [...groups.values()]
  for (const report of reports) if (report.sourceReportId === '') report.sourceReportId = contentId(report)
  return { reports, refused }
}

interface RowReport {
  patient: IncomingPatient
  takenAt: IncomingInstant | undefined
  number: string
  title: string
  results: IncomingResult[]
}

function addTo(groups: Map<string, IncomingReport>, row: RowReport, sourceSystem: string): void {
  const key = hash('sha1', JSON.stringify([row.patient, row.number, row.takenAt?.at.slice(0, 10), row.title]), 'hex')
  let report = groups.get(key)
  if (!report) {
    report = {
      sourceSystem,
      sourceReportId: row.number,
      status: 'final',
      category: categoryOf(row.title) ?? 'laboratory',
      isHealthCheck: false,
      patient: row.patient,
      results: [],
      ...(row.title ? { titleName: row.title } : {}),
      ...(row.takenAt ? { performedAt: row.takenAt, collectedAt: row.takenAt } : {}),
    }
    groups.set(key, report)
  }
  for (const result of row.results) report.results.push({ ...result, sequence: report.results.length })
}

function readPerson(text: (field: TableField) => string, reasons: RowReason[]): IncomingPatient {
  const identifiers: IncomingIdentifier[] = []
  const national = tidyId(text('nationalId'))
  if (national !== '') {
    const checksumOk = isNationalId(national)
    identifiers.push({ system: 'national-id', value: national, typed: '', checksumOk })
    if (!checksumOk) reasons.push('bad-national-id')
  }
  const recordNumber = text('recordNumber')
  if (recordNumber !== '') identifiers.push({ system: 'record-number', value: recordNumber, typed: '' })
  const patient: IncomingPatient = { identifiers, sex: sexOf(text('sex')) }
  const name = text('name')
  if (name !== '') patient.name = name
  const phone = text('phone').replace(/[\s-]/g, '')
  if (phone !== '') patient.phone = phone
  const birth = text('birthDate')
  const born = birth === '' ? undefined : toInstant(dateParts(birth) ?? { year: 0 }, '+00:00')
  if (birth !== '' && (!born || born.precision === 'year' || born.precision === 'month')) reasons.push('bad-birth-date')
  else if (born) patient.birthDate = born.at.slice(0, 10)
  if (identifiers.length === 0 && name === '') reasons.push('no-person')
  return patient
}

function readMoment(text: string, zone: string, reasons: RowReason[]): IncomingInstant | undefined {
  if (text === '') return undefined
  const parts = dateParts(text)
  const instant = parts && toInstant(parts, zone)
  if (!instant) reasons.push('bad-date')
  return instant
}

/** `2026-03-01 08:12`, `2026/3/1`, `20260301`, `2026年3月1日`, `2026.3.1 8:12:30`. */
function dateParts(text: string) {
  const found =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T\s]+(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?)?/.exec(
      text.trim(),
    )
  if (!found) return undefined
  const [, year, month, day, hour, minute, second] = found
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    ...(hour === undefined ? {} : { hour: Number(hour), minute: Number(minute) }),
    ...(second === undefined ? {} : { second: Number(second) }),
  }
}

function longResult(text: (field: TableField) => string, reasons: RowReason[]): IncomingResult[] {
  const [code, name, value] = [text('itemCode'), text('itemName'), text('value')]
  if (code === '' && name === '') reasons.push('no-item')
  if (value === '') reasons.push('no-value')
  const flag = flagOf(text('flag'))
  return [
    result({ code, name: name || code, value, unit: text('unit'), range: text('range'), ...(flag ? { flag } : {}) }),
  ]
}

/** The unit of an item stands in its header: `空腹血糖(mmol/L)`; the clinical library reads it there. */
function wideResults(row: RawRow, { items }: TableMapping, at: ReadonlyMap<string, number>): IncomingResult[] {
  return items.flatMap((header) => {
    const index = at.get(header)
    const value = index === undefined ? '' : cellText(row.cells[index] ?? null)
    return value === '' ? [] : [result({ code: '', name: header, value, unit: '', range: '' })]
  })
}

function result(of: {
  code: string
  name: string
  value: string
  unit: string
  range: string
  flag?: string
}): IncomingResult {
  return {
    sequence: 0,
    codes: of.code === '' ? [] : [{ code: of.code, system: 'local', name: of.name }],
    name: of.name,
    valueText: of.value,
    valueType: 'table',
    status: 'final',
    ...readValue(of.value),
    ...(of.unit ? { unit: of.unit } : {}),
    ...(of.range ? { rangeText: of.range } : {}),
    ...(of.flag ? { flagText: of.flag } : {}),
  }
}

/** Dates of a sheet are wall-clock times without a zone. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (cell instanceof Date)
    return cell
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
      .replace(/ 00:00:00$/, '')
  return typeof cell === 'number' ? String(Number(cell.toPrecision(12))) : cell.trim()
}
