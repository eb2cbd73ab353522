import type { Comparison, Condition, Limit, Span } from '../contract/condition.ts'
import { blockOf } from './code-block.ts'

/** How the sentence gets at words: texts of the room, and names by code in the reader's language. */
export interface SentenceWords {
  t: (key: string, values?: Record<string, string | number>) => string
  /** The name and unit of an indicator; the code stands where there is none. */
  indicator: (code: string) => { name: string; unit: string } | undefined
  tag: (code: string) => string | undefined
}

type IndicatorTest = Extract<Condition, { indicator: unknown }>['indicator']
type ProcedureTest = Extract<Condition, { procedure: unknown }>['procedure']

/** A condition as one sentence without its full stop, as a colleague would say it. */
export function conditionSentence(condition: Condition, words: SentenceWords): string {
  return spaced(say(condition, words, false))
}

/** A space between Chinese and what is not, as the rest of the pages has it. */
function spaced(sentence: string): string {
  return sentence.replace(/(\p{Script=Han})(?=[A-Za-z0-9])|([A-Za-z0-9])(?=\p{Script=Han})/gu, '$1$2 ')
}

/** @param inside whether it stands within another group, where alternatives need brackets */
function say(condition: Condition, words: SentenceWords, inside: boolean): string {
  const { t } = words
  if ('all' in condition) return joined(condition.all, 'all', words, inside)
  if ('any' in condition) return joined(condition.any, 'any', words, inside)
  if ('not' in condition) return denied(condition.not, words)
  if ('indicator' in condition) return indicatorWords(condition.indicator, words)
  if ('age' in condition) return t(`says.age.${OPERATOR[condition.age.op]}`, { years: condition.age.years })
  if ('sex' in condition) return t(`says.sex.${condition.sex}`)
  if ('condition' in condition)
    return t(`says.condition.${condition.condition.status ?? 'active'}`, {
      what: codesWords(condition.condition.codes, words),
    })
  if ('procedure' in condition) return t('says.procedure', procedureValues(condition.procedure, words)).trim()
  if ('familyHistory' in condition) return t('says.family', { what: codesWords(condition.familyHistory.codes, words) })
  if ('tag' in condition) return t('says.tag', { tag: words.tag(condition.tag.code) ?? condition.tag.code })
  if ('since' in condition) {
    const { event, op, span } = condition.since
    return t(`says.since.${event}.${op === '<' ? 'within' : 'longer'}`, { span: spanWords(span, words) })
  }
  return t('says.deceased')
}

function joined(parts: readonly Condition[], how: 'all' | 'any', words: SentenceWords, inside: boolean): string {
  const sentence = parts.map((part) => say(part, words, parts.length > 1)).join(words.t(`says.join.${how}`))
  return inside && parts.length > 1 ? words.t('says.bracket', { what: sentence }) : sentence
}

/** Where the language has its own way to deny, that; else "not the case that". */
function denied(condition: Condition, words: SentenceWords): string {
  const { t } = words
  if ('condition' in condition) return t('says.no.condition', { what: codesWords(condition.condition.codes, words) })
  if ('procedure' in condition) return t('says.no.procedure', procedureValues(condition.procedure, words)).trim()
  if ('familyHistory' in condition)
    return t('says.no.family', { what: codesWords(condition.familyHistory.codes, words) })
  if ('tag' in condition) return t('says.no.tag', { tag: words.tag(condition.tag.code) ?? condition.tag.code })
  if ('sex' in condition) return t(`says.no.sex.${condition.sex}`)
  if ('deceased' in condition) return t('says.no.deceased')
  return t('says.no.other', { what: say(condition, words, false) })
}

export const OPERATOR: Record<Comparison, 'less' | 'atMost' | 'equal' | 'atLeast' | 'more'> = {
  '<': 'less',
  '<=': 'atMost',
  '=': 'equal',
  '>=': 'atLeast',
  '>': 'more',
}
const SIGN: Record<Comparison, string> = { '<': '<', '<=': '≤', '=': '=', '>=': '≥', '>': '>' }

function indicatorWords(test: IndicatorTest, words: SentenceWords): string {
  const { t } = words
  const what = [{ code: test.code, is: test.is }, ...(test.or ?? [])]
    .map(({ code, is }) => measured(code, is, words))
    .join(t('says.join.either'))
  const within = test.within ? t('says.within', { span: spanWords(test.within, words) }) : ''
  const how = test.pick !== 'count' ? test.pick : test.onDifferentDays ? 'days' : 'times'
  return t(`says.indicator.${how}${within && 'Within'}`, { what, within, times: test.atLeast ?? 1 })
}

/** 收缩压 ≥ 140 mmHg. */
function measured(code: string, is: Limit, words: SentenceWords): string {
  const { name, unit } = words.indicator(code) ?? { name: code, unit: '' }
  const { t } = words
  if ('flagged' in is)
    return t('says.flagged', { name, flags: is.flagged.map((flag) => t(`flag.${flag}`)).join(t('says.comma')) })
  if ('from' in is) return t('says.between', { name, from: is.from, below: is.below, unit }).trim()
  return `${name} ${SIGN[is.op]} ${is.value}${unit && ` ${unit}`}`
}

function procedureValues({ codes, kind, within }: ProcedureTest, words: SentenceWords): Record<string, string> {
  const { t } = words
  const named = kind ? t(`procedureKind.${kind}`) : t('says.anyProcedure')
  return {
    what: codes ? t('says.procedureCodes', { kind: named, codes: codes.join(t('says.comma')) }) : named,
    within: within ? t('says.within', { span: spanWords(within, words) }) : '',
  }
}

/** 高血压（I10、I11）: the name of the block that all codes are of, else the codes alone. */
export function codesWords(codes: readonly string[], { t }: Pick<SentenceWords, 't'>): string {
  const block = blockOf(codes)
  const list = codes.join(t('says.comma'))
  return block ? t('says.block', { block: t(`block.${block}`), codes: list }) : list
}

export function spanWords(span: Span, { t }: Pick<SentenceWords, 't'>): string {
  return span.days === undefined ? t('says.months', { count: span.months ?? 0 }) : t('says.days', { count: span.days })
}
