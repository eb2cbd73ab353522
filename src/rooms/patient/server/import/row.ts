import type { ImportField, ImportMapping, RowReason } from '../../contract/import.ts'
import { isCalendarDate } from '../../contract/national-id.ts'
import { isName, tidyName } from '../../contract/person-name.ts'
import type { NewPatient, Paper } from '../../contract/person.ts'
import { readPhone } from '../../contract/phone.ts'
import { codeOf, knownWords } from './mapping.ts'
import type { Cell } from './source.ts'

export type ReadRow = { person: NewPatient; reasons: RowReason[] }

/** One row of a file → a person and everything that is wrong with it at once. Identity itself is checked afterwards. */
export function readRow(cells: readonly Cell[], mapping: ImportMapping, columns: readonly string[]): ReadRow {
  const reasons: RowReason[] = []
  const cell = (field: ImportField): Cell => (mapping[field] === undefined ? null : (cells[mapping[field]] ?? null))
  const refuse = (field: ImportField, code: string, values: RowReason['values'] = {}): undefined => {
    reasons.push({ code, column: columns[mapping[field] ?? -1] ?? field, values })
    return undefined
  }
  const text = (field: ImportField): string | undefined => textOf(cell(field))
  const coded = <T extends string>(
    field: ImportField,
    vocabulary: 'sex' | 'level' | 'source' | 'relation',
  ): T | undefined => {
    const typed = text(field)
    return typed === undefined
      ? undefined
      : ((codeOf(vocabulary, typed) as T | undefined) ??
          refuse(field, 'WordUnknown', { word: typed.slice(0, 20), known: knownWords(vocabulary) }))
  }
  const phone = (field: ImportField): string | undefined => {
    const typed = text(field)
    return typed === undefined ? undefined : (readPhone(typed)?.number ?? refuse(field, 'PhoneWrong'))
  }
  const email = (field: 'email' | 'guardianEmail') => emailOf(field, text(field), refuse)
  const name = tidyName(text('name') ?? '')
  if (name === '') refuse('name', 'NameMissing')
  else if (!isName(name)) refuse('name', 'NameWrong')
  const birth = cell('birthDate')
  const person: NewPatient = {
    name,
    sex: coded('sex', 'sex'),
    birthDate: birth === null ? undefined : (dateOf(birth) ?? refuse('birthDate', 'DateWrong')),
    paper: paperOf(cell, refuse),
    phone: phone('phone'),
    email: email('email'),
    recordNumber: text('recordNumber')?.slice(0, 40),
    level: coded('level', 'level') ?? 'standard',
    source: coded('source', 'source') ?? 'import',
    called: (text('called') ?? '').slice(0, 40),
  }
  const guardianName = tidyName(text('guardianName') ?? '')
  const guardianPhone = phone('guardianPhone')
  const relation = coded<'father'>('guardianRelation', 'relation') ?? 'other-guardian'
  const guardianEmail = email('guardianEmail')
  if (isName(guardianName) && guardianPhone)
    person.guardian = { name: guardianName, phone: guardianPhone, relation, email: guardianEmail }
  return { person, reasons }
}

type Refuse = (field: ImportField, code: string, values?: RowReason['values']) => undefined

function paperOf(cell: (field: ImportField) => Cell, refuse: Refuse): Paper | undefined {
  const national = cell('nationalId')
  // A number of 18 digits does not fit a spreadsheet's number: the last ones are lost for good.
  if (typeof national === 'number' && national >= 1e15) return refuse('nationalId', 'DigitsLost')
  const typed = textOf(national)
  if (typed && /^[0-9０-９]{14,}[\dxXｘＸ０-９]?$/.test(typed.replace(/\s/g, '')))
    return { kind: 'national-id', number: typed }
  // A column called 证件号 holds whatever papers people have.
  const other = textOf(cell('otherPaper'))
  if (other) return { kind: 'passport', number: other }
  if (!typed) return undefined
  return /[a-z]/i.test(typed.slice(0, -1)) ? { kind: 'other', number: typed } : { kind: 'national-id', number: typed }
}

function emailOf(field: ImportField, typed: string | undefined, refuse: Refuse): string | undefined {
  if (typed === undefined) return undefined
  return /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(typed) && typed.length <= 200 ? typed : refuse(field, 'EmailWrong')
}

function textOf(cell: Cell): string | undefined {
  if (cell === null) return undefined
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  const text = String(cell).trim()
  return text === '' ? undefined : text
}

/** Days from the spreadsheet's first day to 1970-01-01, with the 29 February 1900 that never was. */
const EXCEL_EPOCH_DAYS = 25_569

/**
 * A date in any of the forms lists have: a date of the sheet, its serial number, 1980-1-2, 1980/01/02, 1980.1.2,
 * 1980年1月2日, 19800102; a time behind it is left off.
 * @returns `YYYY-MM-DD`, undefined when it is no day
 */
export function dateOf(cell: Exclude<Cell, null>): string | undefined {
  // exceljs gives the sheet's wall clock as UTC.
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, 10)
  const text = String(cell).normalize('NFKC').trim()
  const isSerial = /^\d{1,5}(\.\d+)?$/.test(text) && Number(text) >= 1 && Number(text) < 80_000
  if (isSerial) return new Date((Math.floor(Number(text)) - EXCEL_EPOCH_DAYS) * 86_400_000).toISOString().slice(0, 10)
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?$/.exec(text)
  if (!parts) return undefined
  const date = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  return isCalendarDate(date) ? date : undefined
}

/** A person's values in one fixed order: what is told apart when a row comes a second time. */
export function canonical(person: NewPatient): string {
  const { name, sex, birthDate, paper, phone, email, recordNumber, guardian } = person
  return JSON.stringify([
    name,
    sex,
    birthDate,
    paper?.number,
    phone,
    email,
    recordNumber,
    guardian?.name,
    guardian?.phone,
    // A list that says nothing of it stays the list it was.
    ...(guardian?.email ? [guardian.email] : []),
  ])
}
