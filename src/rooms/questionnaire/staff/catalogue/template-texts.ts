import {
  optionCode,
  rowsOfText,
  templateByCode,
  textsFromQuestionnaire,
  textsFromRows,
  wantedTexts,
  type BroughtTexts,
  type GivenText,
  type Template,
  type TextFault,
  type WantedText,
} from '../../../../clinical/questionnaire/template/index.ts'
import { readFile } from '../designer/import.ts'

export { optionCode, templateByCode, textsFromRows, wantedTexts }
export type { BroughtTexts, GivenText, Template, TextFault, WantedText }

/** What is pasted: a FHIR questionnaire, cells of a spreadsheet, or one question a line. */
export function textsFromPaste(template: Template, text: string): BroughtTexts {
  const [questionnaire] = text.trim().startsWith('{') ? (readFile(text)?.questionnaires ?? []) : []
  return questionnaire ? textsFromQuestionnaire(template, questionnaire) : textsFromRows(template, rowsOfText(text))
}

/** Questions that read the same: one line pasted twice is soon overlooked among twenty. */
export function sameQuestions(template: Template, texts: ReadonlyMap<string, GivenText>): string[] {
  const questions = wantedTexts(template).filter(({ kind }) => kind === 'question')
  const byText = Map.groupBy(questions, ({ code }) => texts.get(code)?.zh.trim() ?? '')
  return [...byText].flatMap(([text, same]) => (text !== '' && same.length > 1 ? same.map(({ code }) => code) : []))
}

/** An empty sheet to be filled in: code, which one it is, Chinese, English. A spreadsheet opens it by the mark in front. */
export function emptySheet(
  template: Template,
  texts: ReadonlyMap<string, GivenText>,
  heads: readonly [string, string, string, string],
  language: 'zh' | 'en',
): string {
  const rows = wantedTexts(template).map(({ code, hint }) => {
    const { zh = '', en = '' } = texts.get(code) ?? {}
    return [code, hint[language], zh, en]
  })
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
