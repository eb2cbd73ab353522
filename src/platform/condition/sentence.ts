import type { ReadContext } from '../context/context.ts'
import type { Bilingual, Locale } from '../contract/words.ts'
import type { FactBook } from './book.ts'
import type { FactKind, Known, SentenceWords } from './fact.ts'
import { codeOf, testOf, type Condition, type Leaf } from './grammar.ts'
import { learnAll, type Learnt } from './learn.ts'

/** Conditions as one sentence each, without a full stop, in Chinese and English. */
export async function sentencesOf(ctx: ReadContext, conditions: readonly Condition[]): Promise<Bilingual[]> {
  const learnt = await learnAll(ctx, conditions)
  return conditions.map((condition) => ({
    zh: sentence(ctx.facts, condition, 'zh-CN', learnt),
    en: sentence(ctx.facts, condition, 'en', learnt),
  }))
}

/** A condition in the words of one language, as a colleague would say it. */
export function sentence(facts: FactBook, condition: Condition, locale: Locale, learnt: Learnt): string {
  return spaced(new Speaker(facts, locale, learnt).say(condition, false))
}

/** A space between Chinese and what is not, as the rest of the pages has it. */
export function spaced(text: string): string {
  return text.replace(/(\p{Script=Han})(?=[A-Za-z0-9])|([A-Za-z0-9])(?=\p{Script=Han})/gu, '$1$2 ')
}

/** Parts that are left out leave no gaps. */
function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ (?=[:,])/g, '')
    .trim()
}

const SIGN: Record<string, string> = { '<': '<', '<=': '≤', '=': '=', '>=': '≥', '>': '>' }

const OPERATOR: Record<string, string> = { '<': 'less', '<=': 'atMost', '=': 'equal', '>=': 'atLeast', '>': 'more' }

class Speaker {
  readonly #facts: FactBook
  readonly #locale: Locale
  readonly #learnt: Learnt
  constructor(facts: FactBook, locale: Locale, learnt: Learnt) {
    this.#facts = facts
    this.#locale = locale
    this.#learnt = learnt
  }

  /** @param inside whether it stands within another group, where alternatives need brackets */
  say(condition: Condition, inside: boolean): string {
    if ('all' in condition) return this.#joined(condition.all, 'all', inside)
    if ('any' in condition) return this.#joined(condition.any, 'any', inside)
    if ('not' in condition) return this.#denied(condition.not)
    const { kind, test } = this.#read(condition)
    return kind ? tidy(kind.says(test, this.#words(kind))) : codeOf(condition)
  }

  #joined(parts: readonly Condition[], how: 'all' | 'any', inside: boolean): string {
    const said = parts.map((part) => this.say(part, parts.length > 1)).join(this.#t('platform', `condition.${how}`))
    return inside && parts.length > 1 ? this.#t('platform', 'condition.bracket', { what: said }) : said
  }

  #denied(condition: Condition): string {
    if (!('all' in condition || 'any' in condition || 'not' in condition)) {
      const { kind, test } = this.#read(condition)
      const denied = kind?.denies?.(test, this.#words(kind))
      if (denied !== undefined) return tidy(denied)
    }
    return this.#t('platform', 'condition.not', { what: this.say(condition, false) })
  }

  /** A draft may ask what nobody knows yet: it is named by its code rather than not at all. */
  #read(leaf: Leaf): { kind: FactKind | undefined; test: unknown } {
    const kind = this.#facts.find(codeOf(leaf))
    const parsed = kind?.test.safeParse(testOf(leaf))
    return parsed?.success ? { kind, test: parsed.data } : { kind: undefined, test: undefined }
  }

  #words(kind: FactKind): SentenceWords {
    return wordsOf(this.#facts, this.#locale, kind.room, this.#learnt.get(kind.code))
  }

  #t(room: string, key: string, values: Record<string, string | number> = {}): string {
    return textOf(this.#facts, this.#locale, room, key, values)
  }
}

/**
 * The words of a room in one language, for sentences and for facts.
 * @param known names of codes that only the database knows
 */
export function wordsOf(
  facts: FactBook,
  locale: Locale,
  room: string,
  known: ReadonlyMap<string, Known> | undefined,
): SentenceWords {
  const ours = (key: string, values: Record<string, string | number>) => textOf(facts, locale, 'platform', key, values)
  return {
    locale,
    t: (key, values = {}) => textOf(facts, locale, room, key, values),
    name: (code) => known?.get(code)?.name[locale === 'en' ? 'en' : 'zh'] || code,
    part: (code, part, fallback) => known?.get(code)?.parts?.get(part)?.[locale === 'en' ? 'en' : 'zh'] || fallback,
    span: (span) =>
      span.days === undefined
        ? ours('condition.months', { count: span.months ?? 0 })
        : ours('condition.days', { count: span.days }),
    list: (parts) => parts.join(ours('condition.comma', {})),
    measure: ({ op, value }, unit = '') => `${SIGN[op]} ${value}${unit && ` ${unit}`}`,
    returns: (what, { inDays: { from, to }, number }) => {
      const when = from === to ? (from === 0 ? 'today' : 'in') : from === 0 ? 'within' : 'between'
      const which = number ? ours(`condition.number.${OPERATOR[number.op]}`, { value: number.value, what }) : what
      return ours(`condition.returns.${when}`, { from, to, what: which })
    },
  }
}

/** A count of one has its own form in English. */
function textOf(
  facts: FactBook,
  locale: Locale,
  room: string,
  key: string,
  values: Record<string, string | number>,
): string {
  const form = 'count' in values ? `${key}_${values['count'] === 1 ? 'one' : 'other'}` : key
  return facts.translate(locale, room, form, values)
}
