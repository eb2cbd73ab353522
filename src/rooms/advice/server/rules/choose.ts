import { type Ask, type CardDefinition, type Kind, KINDS, type Reason } from '../../contract/words.ts'
import type { Facts } from '../facts.ts'
import { isSilent, matchOf } from './match.ts'

/** What the rules make of one card for one person. */
export interface Choice<C extends { definition: CardDefinition }> {
  card: C
  reasons: Reason[]
  obstacles: { because: CardDefinition['notFor'][number]['because']; fact: Reason }[]
  ask: Ask[]
}

export interface Chosen<C extends { definition: CardDefinition }> {
  proposed: Choice<C>[]
  /** A reason for them, and something against them. */
  leftOut: Choice<C>[]
  /** No rule has chosen them. */
  others: Choice<C>[]
}

/**
 * Chooses among cards by the person's facts: a card is proposed where any of its grounds holds, it is made for the person,
 * and nothing stands against it; or where an answered questionnaire names it. Same facts and date, same choice.
 * @param asked reasons by the code of a card that somebody's answers ask for
 */
export function chooseCards<C extends { definition: CardDefinition }>(
  cards: readonly C[],
  facts: Facts,
  today: string,
  asked: ReadonlyMap<string, readonly Reason[]> = new Map(),
): Chosen<C> {
  const judged = cards
    .filter(({ definition }) => isMadeFor(definition, facts))
    .map((card) => judge(card, facts, today, asked.get(card.definition.code) ?? []))
  const order = (choices: Choice<C>[]) => choices.toSorted(byKindAndStrength)
  const withReason = judged.filter(({ reasons }) => reasons.length > 0)
  return {
    proposed: order(withReason.filter(({ obstacles }) => obstacles.length === 0)),
    leftOut: order(withReason.filter(({ obstacles }) => obstacles.length > 0)),
    others: order(judged.filter(({ reasons }) => reasons.length === 0)),
  }
}

function judge<C extends { definition: CardDefinition }>(
  card: C,
  facts: Facts,
  today: string,
  asked: readonly Reason[],
): Choice<C> {
  const { definition } = card
  const holds = (definition.only ?? []).map((ground) => matchOf(ground, facts, today))
  const mayUse = { ...facts, tags: facts.tags.filter(({ isRefused }) => !isRefused) }
  const reasons = definition.for.flatMap((ground) => matchOf(ground, mayUse, today) ?? [])
  const isChosen = reasons.length > 0 && holds.every((one) => one !== undefined)
  return {
    card,
    reasons: distinct([...asked, ...(isChosen ? [...reasons, ...(holds as Reason[])] : [])]),
    obstacles: definition.notFor.flatMap(({ when, because }) => {
      const fact = matchOf(when, facts, today)
      return fact ? [{ because, fact }] : []
    }),
    ask: [...new Set(definition.notFor.flatMap(({ when }) => isSilent(when, facts, today) ?? []))],
  }
}

/** Whom a card is made for at all; where an age limit stands and the age is not known, it is not chosen. */
function isMadeFor({ who }: CardDefinition, { sex, ageYears }: Facts): boolean {
  if (!who) return true
  if (who.sex && who.sex !== sex) return false
  if (who.ageFrom === undefined && who.ageTo === undefined) return true
  return ageYears !== null && ageYears >= (who.ageFrom ?? 0) && ageYears <= (who.ageTo ?? 200)
}

/** What was found by a doctor counts before what was estimated, and that before the season. */
const STRENGTH: Record<Reason['kind'], number> = {
  medicine: 0,
  pregnancy: 0,
  allergy: 0,
  condition: 1,
  score: 1,
  answers: 1,
  indicator: 2,
  risk: 3,
  tag: 4,
  constitution: 5,
  age: 6,
  season: 7,
}

function byKindAndStrength<C extends { definition: CardDefinition }>(a: Choice<C>, b: Choice<C>): number {
  return (
    kindOf(a) - kindOf(b) ||
    strengthOf(a) - strengthOf(b) ||
    rankOf(b) - rankOf(a) ||
    b.reasons.length - a.reasons.length ||
    a.card.definition.code.localeCompare(b.card.definition.code)
  )
}

const kindOf = ({ card }: Choice<{ definition: CardDefinition }>) => KINDS.indexOf(card.definition.kind as Kind)
const rankOf = ({ card }: Choice<{ definition: CardDefinition }>) => card.definition.rank ?? 0
const strengthOf = ({ reasons }: Choice<{ definition: CardDefinition }>) =>
  Math.min(...reasons.map(({ kind }) => STRENGTH[kind]), 9)

function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()]
}
