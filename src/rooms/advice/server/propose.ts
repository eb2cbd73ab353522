import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { solarTermOn } from '../../../clinical/advice/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { listProposals, Proposal } from '../contract/advice.ts'
import type { Kind, Reason } from '../contract/words.ts'
import { findAsked } from './asked-store.ts'
import { findInForce, type CardRow } from './card-store.ts'
import { codesAsked, gatherFacts, scoresSince } from './facts-store.ts'
import { findGiven } from './given-store.ts'
import { chooseCards, type Choice, type Chosen } from './rules/choose.ts'

/** What a person's rules choose today, before anybody's permissions narrow it. */
export async function choose(
  ctx: ReadContext,
  person: { id: string; sex: string; birth_date: string | null },
): Promise<Chosen<CardRow>> {
  const cards = await findInForce(ctx.db, ctx.organizationId, ctx.today)
  const facts = await gatherFacts(ctx, person, codesAsked(cards))
  return chooseCards(cards, facts, ctx.today, await askedOf(ctx, person.id))
}

/** Reasons by the code of the card that answered questionnaires name; the day is that of the answers. */
async function askedOf(ctx: ReadContext, patientId: string): Promise<Map<string, Reason[]>> {
  const asked = await findAsked(ctx.db, ctx.organizationId, patientId, scoresSince(ctx))
  const reasons = Map.groupBy(asked, ({ code }) => code)
  return new Map(
    [...reasons].map(([code, rows]) => [
      code,
      rows.map(({ because, isMental, answeredAt }) => ({
        kind: isMental ? ('score' as const) : ('answers' as const),
        text: because,
        on: dateIn(answeredAt, ctx.tenant.timeZone),
      })),
    ]),
  )
}

/** Cards for a person, with reasons; on mood and mind for doctors and counsellors, the rest for who may give it. */
export async function showProposals(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof listProposals>> {
  const person = await requireVisible(ctx, patientId)
  const { permissions } = ctx.actor
  const can = {
    give: permissions.has('advice.give'),
    giveMind: permissions.has('advice.give-mind'),
    override: permissions.has('plan.sign'),
  }
  const locale = person.locale === 'en' ? ('en' as const) : ('zh-CN' as const)
  const solarTerm = solarTermOn(ctx.today)
  if (person.state !== 'active') return { proposed: [], leftOut: [], others: [], locale, solarTerm, can }
  const [chosen, given] = await Promise.all([
    choose(ctx, person),
    findGiven(ctx.db, ctx.organizationId, patientId, { standing: true }),
  ])
  const givenOn = new Map(
    given.toReversed().map(({ card_code, given_at }) => [card_code, dateIn(given_at, ctx.tenant.timeZone)]),
  )
  const shown = (choices: readonly Choice<CardRow>[]) =>
    choices
      .filter(({ card }) => (card.kind === 'mind' ? can.giveMind : can.give))
      .map((choice) => viewOf(ctx, choice, givenOn.get(choice.card.code) ?? null))
  return {
    proposed: shown(chosen.proposed),
    leftOut: shown(chosen.leftOut),
    others: shown(chosen.others),
    locale,
    solarTerm,
    can,
  }
}

function viewOf(
  ctx: ReadContext,
  { card, reasons, obstacles, ask }: Choice<CardRow>,
  givenOn: string | null,
): Proposal {
  const { definition } = card
  return {
    code: card.code,
    version: card.version,
    kind: card.kind,
    form: definition.form ?? null,
    title: definition.title,
    summary: definition.summary,
    points: definition.points,
    avoid: definition.avoid,
    source: definition.source,
    reviewer: definition.reviewer,
    expiresOn: definition.expiresOn,
    reasons: reasons.map((one) => readable(ctx, one)),
    ask,
    obstacles: obstacles.map(({ because, fact }) => ({ because, fact: readable(ctx, fact) })),
    givenOn,
  }
}

const OPEN: readonly Reason['kind'][] = ['season', 'age']
/** What a reader must be allowed to see to be told a fact; the record for all others. */
const NEEDED: Partial<Record<Reason['kind'], string>> = {
  score: 'questionnaire.answers-mental',
  answers: 'questionnaire.answers',
}

/** A fact as the reader may see it: without the right to it, only that there is one. */
export function readable(ctx: ReadContext, fact: Reason): Reason {
  const may = OPEN.includes(fact.kind) || ctx.actor.permissions.has(NEEDED[fact.kind] ?? 'record.read')
  return may ? fact : { ...fact, text: null }
}

/** Which permission gives a kind. */
export function permissionFor(kind: Kind): 'advice.give' | 'advice.give-mind' {
  return kind === 'mind' ? 'advice.give-mind' : 'advice.give'
}
