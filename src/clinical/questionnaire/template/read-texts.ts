import { inLanguage, readText } from '../text.ts'
import { list, numberExtension, valueOf } from '../extension.ts'
import type { AnswerOption, Coding, Questionnaire, QuestionnaireItem } from '../fhir.ts'
import type { Texts } from './fill.ts'
import { leadCode, optionCode, wantedTexts, type GivenText, type Template } from './template.ts'

/** What is wrong with what was brought; `code` says of which text. */
export type TextFault =
  /** No text of this scale bears the code. */
  | { kind: 'unknown-code'; code: string }
  /** Two different texts under one code. */
  | { kind: 'twice'; code: string }
  | { kind: 'too-long'; code: string; limit: number }
  /** Lines without codes must be as many as there are questions. */
  | { kind: 'count'; given: number; wanted: number }
  /** Answers whose points are not those of the scale. */
  | { kind: 'points'; code: string; given: string; wanted: string }

export interface BroughtTexts {
  texts: Texts
  faults: TextFault[]
}

/** The longest question of any scale is a fifth of it. */
export const TEXT_MAX = 500

const HEADS: Record<'code' | 'zh' | 'en', RegExp> = {
  code: /^(code|linkid|编码|编号|代码)$/i,
  zh: /^(zh|chinese|中文|题目|文字|题目文字|中文文字)$/i,
  en: /^(en|english|英文|英文文字)$/i,
}

/**
 * Reads rows of a sheet, or pasted ones. With a code in the first column (or one headed so) each row is what its code
 * says; without any, the rows are the questions in printed order and must be exactly as many.
 */
export function textsFromRows(template: Template, rows: readonly (readonly string[])[]): BroughtTexts {
  const filled = rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''))
  const wanted = new Set(wantedTexts(template).map(({ code }) => code))
  const head = columnsOf(filled[0] ?? [])
  const body = head ? filled.slice(1) : filled
  const columns = head ?? {
    code: 0,
    zh: body.some((row) => row.length > 3) ? 2 : 1,
    en: body.some((row) => row.length > 3) ? 3 : 2,
  }
  const coded = head !== undefined || body.some((row) => wanted.has(codeIn(row[columns.code])))
  return coded ? byCode(template, body, columns) : inOrder(template, body)
}

/** Cuts pasted text: a spreadsheet puts tabs between cells; one question a line is a row of one cell. */
export const rowsOfText = (text: string): string[][] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t'))

/** Width and case of a code typed by hand play no part: `ＳＡＳ－1` is `sas-1`. */
const codeIn = (cell: string | undefined): string => (cell ?? '').normalize('NFKC').trim().toLowerCase()

function columnsOf(row: readonly string[]): Record<'code' | 'zh' | 'en', number> | undefined {
  const at = (head: keyof typeof HEADS) => row.findIndex((cell) => HEADS[head].test(cell.normalize('NFKC').trim()))
  const [code, zh] = [at('code'), at('zh')]
  return code < 0 || zh < 0 ? undefined : { code, zh, en: at('en') }
}

function byCode(
  template: Template,
  rows: readonly (readonly string[])[],
  columns: Record<'code' | 'zh' | 'en', number>,
): BroughtTexts {
  const wanted = new Set(wantedTexts(template).map(({ code }) => code))
  const collected = new Collected()
  for (const row of rows) {
    const code = codeIn(row[columns.code])
    const text = { zh: row[columns.zh] ?? '', en: columns.en < 0 ? '' : (row[columns.en] ?? '') }
    if (text.zh === '' && text.en === '') continue
    if (wanted.has(code)) collected.take(code, text)
    else collected.faults.push({ kind: 'unknown-code', code: row[columns.code]?.trim() || '—' })
  }
  return collected
}

/** A number in front, `12、` or `(12)`, is the printed one and not of the text. */
const unnumbered = (line: string) => line.replace(/^\s*[（(]?\d{1,2}\s*[)）.．、:：]\s*/, '')

function inOrder(template: Template, rows: readonly (readonly string[])[]): BroughtTexts {
  const questions = wantedTexts(template).filter(({ kind }) => kind === 'question')
  const collected = new Collected()
  if (rows.length !== questions.length) {
    collected.faults.push({ kind: 'count', given: rows.length, wanted: questions.length })
    return collected
  }
  rows.forEach((row, n) => {
    // A column of bare numbers in front is a numbering, however it was made.
    const [first = '', second, third] = row
    const cells = /^\d{1,2}$/.test(first) && second ? [second, third] : [first, second]
    collected.take(questions[n]!.code, { zh: unnumbered(cells[0] ?? ''), en: unnumbered(cells[1] ?? '') })
  })
  return collected
}

class Collected implements BroughtTexts {
  readonly texts = new Map<string, GivenText>()
  readonly faults: TextFault[] = []
  take(code: string, { zh, en }: GivenText): void {
    const text = { zh: zh.trim(), en: en.trim() }
    const before = this.texts.get(code)
    if (before && (before.zh !== text.zh || before.en !== text.en)) this.faults.push({ kind: 'twice', code })
    if (Math.max(text.zh.length, text.en.length) > TEXT_MAX)
      this.faults.push({ kind: 'too-long', code, limit: TEXT_MAX })
    else this.texts.set(code, text)
  }
}

/**
 * Takes the texts out of a FHIR Questionnaire: questions by link id where these are ours, else in order, and answers by
 * their points.
 */
export function textsFromQuestionnaire(template: Template, source: Questionnaire): BroughtTexts {
  const all = flat(list(source.item))
  const wanted = template.items.filter(({ own }) => !own)
  const byLinkId = new Map(all.map((item) => [item.linkId, item]))
  const known = wanted.filter(({ code }) => byLinkId.has(code))
  const questions = all.filter(({ type, extension }) => type !== 'group' && type !== 'display' && !isHidden(extension))
  const collected = new Collected()
  if (known.length === 0 && questions.length !== wanted.length) {
    collected.faults.push({ kind: 'count', given: questions.length, wanted: wanted.length })
    return collected
  }
  const lead = byLinkId.get(leadCode(template)) ?? all.find(({ type }) => type === 'display')
  if (lead) collected.take(leadCode(template), both(lead.text, lead._text))
  wanted.forEach((item, n) => {
    const given = known.length > 0 ? byLinkId.get(item.code) : questions[n]
    if (!given) return
    collected.take(item.code, both(given.text, given._text))
    if (item.set !== undefined) takeAnswers(template, item.set, item.code, list(given.answerOption), collected)
  })
  return collected
}

function takeAnswers(
  template: Template,
  set: string,
  code: string,
  options: readonly AnswerOption[],
  collected: Collected,
): void {
  const { points, bare = [] } = template.sets[set]!
  const worth = options.map((one, n) => pointsOf(one) ?? points[n])
  const same = worth.length === points.length && points.every((one) => worth.includes(one))
  if (!same) {
    collected.faults.push({
      kind: 'points',
      code,
      given: worth.map((one) => one ?? '?').join(', '),
      wanted: points.join(', '),
    })
    return
  }
  options.forEach((one, n) => {
    if (bare.includes(worth[n]!)) return
    const value = valueOf(one) as Coding | string | undefined
    const text =
      typeof value === 'object' ? both(value.display, value._display) : both(String(value ?? ''), one._valueString)
    collected.take(optionCode(template, set, worth[n]!), text)
  })
}

const pointsOf = (option: AnswerOption): number | undefined =>
  numberExtension(option, 'itemWeight') ??
  numberExtension(option, 'ordinalValue') ??
  numberExtension(option['valueCoding'] as Coding | undefined, 'ordinalValue') ??
  numberExtension(option['valueCoding'] as Coding | undefined, 'itemWeight')

const isHidden = (extension: QuestionnaireItem['extension']) =>
  list(extension).some((one) => one.url.endsWith('questionnaire-hidden') && one['valueBoolean'] === true)

function both(text: string | undefined, beside: Parameters<typeof readText>[1]): GivenText {
  const read = readText(text, beside)
  const en = inLanguage(read, 'en')
  return { zh: inLanguage(read, 'zh-CN'), en: en === read.text ? '' : en }
}

const flat = (items: readonly QuestionnaireItem[]): QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...flat(list(item.item))])
