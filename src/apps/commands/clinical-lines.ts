import { evaluate, refusalWords, type Instrument } from '../../clinical/index.ts'

/** What one line of the answer holds; `error.code` is `refused`, or `broken-line` for what is no JSON line of ours. */
export type AnswerLine =
  | { id: unknown; output: Record<string, unknown> }
  | { id: unknown; line?: number; error: LineError }

export interface LineError {
  code: 'refused' | 'broken-line'
  missing?: string[]
  invalid?: object[]
  unknown?: string[]
  notApplicable?: string
  zh: string
  en: string
}

/**
 * Computes one JSON line `{"id","input"}`. A line that cannot be read is answered too, with its number: one slip in a
 * table of a hundred thousand stops nothing.
 * @param number from 1, as editors count
 */
export function answerLine(instrument: Instrument, text: string, number: number): AnswerLine {
  const asked = readLine(text)
  if ('zh' in asked)
    return { id: asked.id ?? null, line: number, error: { code: 'broken-line', zh: asked.zh, en: asked.en } }
  const result = evaluate(instrument, asked.input)
  if (!result.refused) return { id: asked.id, output: result.output }
  const { missing, invalid, unknown, notApplicable } = result.refused
  const words = refusalWords(instrument, result.refused)
  return { id: asked.id, error: { code: 'refused', missing, invalid, unknown, notApplicable, ...words } }
}

type Asked = { id: unknown; input: Record<string, unknown> } | { id?: unknown; zh: string; en: string }

function readLine(text: string): Asked {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    return { zh: `这一行不是 JSON：${message}`, en: `This line is not JSON: ${message}` }
  }
  if (!isRecord(line)) return { zh: '这一行应是 {"id": …, "input": {…}}。', en: 'A line is {"id": …, "input": {…}}.' }
  const { id = null, input } = line
  if (!isRecord(input))
    return {
      id,
      zh: '这一行没有 "input"，它应是 {名称: 值}。',
      en: 'This line has no "input" of the form {name: value}.',
    }
  return { id, input }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
