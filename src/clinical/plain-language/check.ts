import content from './terms.json' with { type: 'json' }
import { explainable } from './terms.ts'

export interface Finding {
  kind:
    | 'long-sentence'
    | 'long-clause'
    | 'jargon'
    | 'unexplained'
    | 'diagnosis'
    | 'blame'
    | 'alarm'
    | 'promise'
    | 'system-words'
    | 'familiar-you'
    | 'shouting'
  /** The words that are meant, as they stand in the text. */
  text: string
  /** What to say instead, where we know. */
  instead?: string
}

export interface PlainOptions {
  /**
   * `tap`: terms of the glossary open at a tap where this text is read, so they may stand. `paper`: each needs its
   * explanation, or a bracket, beside it.
   */
  medium?: 'tap' | 'paper'
}

/**
 * Longest sentence: 45 Chinese characters or 28 English words; longest stretch without a pause: 28 or 18. Our own
 * limits: short news sentences have about 30 characters, and people read these pages worried or without glasses.
 */
const LIMITS = { sentence: { zh: 45, en: 28 }, clause: { zh: 28, en: 18 } }

const phrases = content.phrases.map(({ kind, pattern }) => ({
  kind: kind as Finding['kind'],
  pattern: new RegExp(pattern, 'giu'),
}))
const jargon = content.jargon.map((one) => ({
  pattern: 'zh' in one && one.zh ? new RegExp(one.zh, 'gu') : new RegExp(`\\b${one.en}\\w*`, 'giu'),
  instead: one.instead,
}))

/** What stands between this text and the person who is to read it; empty when it is plain. Chinese and English alike. */
export function checkPlain(text: string, { medium = 'tap' }: PlainOptions = {}): Finding[] {
  const found: Finding[] = []
  for (const sentence of text.split(/[。！？；!?;\n]|\.(?=\s|$)/u)) {
    if (tooLong(sentence, LIMITS.sentence)) found.push({ kind: 'long-sentence', text: sentence.trim() })
    for (const clause of sentence.split(/[，、：,:（）()“”—]|\s-\s/u))
      if (tooLong(clause, LIMITS.clause)) found.push({ kind: 'long-clause', text: clause.trim() })
  }
  for (const { pattern, instead } of jargon)
    for (const match of text.matchAll(pattern)) found.push({ kind: 'jargon', text: match[0], instead })
  for (const { kind, pattern } of phrases)
    for (const match of text.matchAll(pattern)) found.push({ kind, text: match[0] })
  if (medium === 'paper')
    for (const { term, from, to } of explainable(text))
      if (!isExplained(text, to))
        found.push({ kind: 'unexplained', text: text.slice(from, to), instead: term.plain.zh })
  return found
}

function tooLong(part: string, limit: { zh: number; en: number }): boolean {
  const han = part.match(/\p{Script=Han}/gu)?.length ?? 0
  if (han > limit.zh) return true
  const words = part.match(/[A-Za-z][A-Za-z'’-]*/g)?.length ?? 0
  return han === 0 && words > limit.en
}

/** A bracket, "就是", "是指" or a colon right after the word. */
function isExplained(text: string, end: number): boolean {
  return /^\s*(（|\(|，?(也)?就是|，?(是)?指|：|—|,? that is|,? which is)/u.test(text.slice(end, end + 12))
}
