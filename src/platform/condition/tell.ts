import type { ReadContext } from '../context/context.ts'
import type { Bilingual, Locale } from '../contract/words.ts'
import type { ToldFact, WhyNode } from './contract.ts'
import { explain, type Explanation } from './explain.ts'
import type { Known } from './fact.ts'
import { inBoth, type Fact, type Told } from './form.ts'
import type { Condition } from './grammar.ts'
import { spaced, wordsOf } from './sentence.ts'

/** Facts in words, in the order given; what no room has words for is told by its own name. */
export async function tellFacts(ctx: ReadContext, facts: readonly unknown[]): Promise<ToldFact[]> {
  const read = facts.filter(isFact)
  const learnt = await learnNames(ctx, read)
  return read.map((fact) => tellFact(ctx, fact, learnt))
}

/**
 * Why a person is in or not, with its facts in words: for an endpoint whose output is `whyNode`. Who may see them is the
 * caller's business.
 * @returns undefined when there is no such person
 */
export async function explainInWords(
  ctx: ReadContext,
  condition: Condition,
  patientId: string,
): Promise<WhyNode | undefined> {
  const found = await explain(ctx, condition, patientId)
  if (!found) return undefined
  const told = await tellFacts(ctx, factsOf(found))
  return nodeOf(found, told[Symbol.iterator]())
}

const factsOf = ({ facts, parts }: Explanation): unknown[] => [...facts.filter(isFact), ...parts.flatMap(factsOf)]

/** Takes as many told facts as the node has; they come in the order of the nodes. */
function nodeOf(
  { condition, sentence, holds, facts, parts }: Explanation,
  told: Iterator<ToldFact, undefined>,
): WhyNode {
  const own = facts.filter(isFact).map(() => told.next().value as ToldFact)
  const kind = 'all' in condition ? 'all' : 'any' in condition ? 'any' : 'not' in condition ? 'not' : 'question'
  return { kind, sentence, holds, facts: own, parts: parts.map((part) => nodeOf(part, told)) }
}

function tellFact({ facts }: ReadContext, fact: Fact, learnt: Names): ToldFact {
  const teller = facts.teller(fact.kind)
  const say = (locale: Locale): Told => {
    if (!teller) return { what: textIn(fact['name']) || textIn(fact['code']) || fact.kind }
    return teller.tell(fact, wordsOf(facts, locale, teller.room, teller.names ? learnt.get(teller.names) : undefined))
  }
  const [zh, en] = [say('zh-CN'), say('en')]
  const both = (part: 'what' | 'value' | 'source'): Bilingual | null =>
    zh[part] ? inBoth((locale) => spaced((locale === 'en' ? en : zh)[part] ?? '')) : null
  return {
    kind: fact.kind,
    what: both('what') ?? { zh: fact.kind, en: fact.kind },
    value: both('value'),
    flag: textIn(fact['flag']) || null,
    at: textIn(fact['at']) || null,
    until: textIn(fact['until']) || null,
    source: both('source'),
    to: zh.to ?? null,
    sourceTo: zh.sourceTo ?? null,
  }
}

type Names = ReadonlyMap<string, ReadonlyMap<string, Known>>

/** One look per kind whose names the database keeps. */
async function learnNames(ctx: ReadContext, told: readonly Fact[]): Promise<Names> {
  const asked = new Map<string, Set<string>>()
  for (const fact of told) {
    const kind = ctx.facts.teller(fact.kind)?.names
    if (!kind) continue
    const codes = asked.get(kind) ?? new Set()
    // A carer's fact names a person by its id, all others what they name by its code.
    const code = fact['code'] ?? fact['id']
    if (typeof code === 'string') codes.add(code)
    if (codes.size > 0) asked.set(kind, codes)
  }
  const names = new Map<string, ReadonlyMap<string, Known>>()
  for (const [kind, codes] of asked) {
    const { learn } = ctx.facts.find(kind) ?? {}
    if (learn) names.set(kind, await learn(ctx, [...codes]))
  }
  return names
}

function isFact(value: unknown): value is Fact {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}

const textIn = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
