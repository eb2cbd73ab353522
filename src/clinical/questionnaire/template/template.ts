import type { Scoring, Words } from '../scoring.ts'

/**
 * A scale whose wording belongs to somebody else: its structure, scoring and bands are here, the words of its questions
 * and answers are not. An institution that has the right to them brings them; until then nobody can be asked.
 */
export interface Template {
  /** Of the questionnaire that comes of it. */
  code: string
  title: Words
  about: Words
  /** Whose the words are, and what has to be asked before they are used. */
  licence: Words
  source: string
  sensitivity: 'ordinary' | 'mental'
  /** Answers by the code of their set; several questions may share one. */
  sets: Readonly<Record<string, AnswerSet>>
  items: readonly TemplateItem[]
  /** Worked out from the answers, shown to nobody. */
  hidden?: readonly HiddenItem[]
  scoring: Scoring
}

export interface AnswerSet {
  /** In printed order. */
  points: readonly number[]
  /** Shown as the number alone, as between the two ends of a line: no words are wanted for them. */
  bare?: readonly number[]
}

export interface TemplateItem {
  code: string
  /** Which one it is, in words of ours: never the question itself. */
  hint: Words
  kind: 'choice' | 'integer' | 'decimal' | 'time'
  /** Of a choice: code of its answers. */
  set?: string
  unit?: { code: string; zh: string; en: string }
  min?: number
  max?: number
  /** A question of ours that the rule needs, such as the person's sex. */
  own?: { text: Words; options: readonly { code: string; points: number; text: Words }[]; initial?: string }
  /** Asked only where another question of ours was answered so. */
  when?: { question: string; code: string }
}

export interface HiddenItem {
  code: string
  text: Words
  type: 'integer' | 'decimal'
  /** FHIRPath. */
  expression: string
}

/** A text that the institution brings. */
export interface WantedText {
  code: string
  kind: 'lead' | 'question' | 'option'
  hint: Words
  optional?: true
}

/** What an institution brings: the Chinese always, the English where patients read it. */
export interface GivenText {
  zh: string
  en: string
}

export const leadCode = (template: Pick<Template, 'code'>): string => `${template.code}-lead`
export const optionCode = (template: Pick<Template, 'code'>, set: string, points: number): string =>
  `${template.code}-${set}-${points}`

/** Every text that has to come from outside, in the order of the printed scale: lead, then questions, then answers. */
export function wantedTexts(template: Template): WantedText[] {
  const lead: WantedText = {
    code: leadCode(template),
    kind: 'lead',
    hint: { zh: '指导语（可以不填）', en: 'instruction (may stay empty)' },
    optional: true,
  }
  const questions = template.items
    .filter(({ own }) => !own)
    .map(({ code, hint }): WantedText => ({ code, kind: 'question', hint }))
  return [lead, ...questions, ...Object.keys(template.sets).flatMap((set) => optionsOf(template, set))]
}

function optionsOf(template: Template, set: string): WantedText[] {
  const { points, bare = [] } = template.sets[set]!
  const users = template.items.filter((item) => item.set === set)
  const shared = users.length > 1
  const of = shared
    ? { zh: '各题共用的答案', en: 'answer shared by the questions' }
    : { zh: `答案，${users[0]?.hint.zh ?? ''}`, en: `answer to ${users[0]?.hint.en ?? ''}` }
  return points
    .filter((one) => !bare.includes(one))
    .map((one) => ({
      code: optionCode(template, set, one),
      kind: 'option' as const,
      hint: { zh: `${of.zh}，${one} 分`, en: `${of.en}, ${one} points` },
    }))
}

/** How many questions of the scale one person answers: of those for women and for men just the one. */
export function questionsAsked({ items }: Pick<Template, 'items'>): number {
  const first = items.find(({ when }) => when)?.when?.code
  return items.filter(({ own, when }) => !own && (!when || when.code === first)).length
}
