import type { WriteContext } from '../../../platform/context/context.ts'
import type { PayloadOf } from '../../../platform/contract/index.ts'
import { lockPatient } from '../../patient/server/index.ts'
import type { educationDue } from '../../follow-up/contract/events.ts'
import type { questionnaireAnswered } from '../../questionnaire/contract/responses.ts'
import { standingAnswer } from '../../questionnaire/server/index.ts'
import { endOthers, insertAsked } from './asked-store.ts'
import { findInForce } from './card-store.ts'

/**
 * Files the cards that an answered questionnaire names: they are proposed with the score as their reason, and nothing is
 * sent. What earlier answers to the same questionnaire had named ends, as does what a correction no longer names. An event
 * that comes twice, late, or after a merge leaves the same rows.
 */
export async function askFromAnswers(
  ctx: WriteContext,
  { responseId, code, sensitivity, advice }: PayloadOf<typeof questionnaireAnswered>,
): Promise<void> {
  const answer = await standingAnswer(ctx, responseId)
  if (!answer) return
  const { patientId, answeredAt } = answer
  await lockPatient(ctx.tx, ctx.organizationId, patientId)
  const asked = { patientId, responseId, questionnaire: code, at: ctx.clock.now() }
  await endOthers(ctx.tx, ctx.organizationId, asked)
  // Two bands may name one card; the first says why.
  const cards = [...new Map(advice.toReversed().map((one) => [one.card, one])).values()].toReversed()
  await insertAsked(ctx.tx, ctx.organizationId, {
    ...asked,
    answeredAt,
    isMental: sensitivity === 'mental',
    cards,
  })
  await noteUnknown(ctx, code, cards)
}

/**
 * Files the cards that a step of a pathway puts forward: proposed with the step as their reason, and nothing is sent. The
 * same step of another round ends what its former one had named.
 */
export async function askByPathway(
  ctx: WriteContext,
  { occurrenceId, patientId, protocol, step, cards, because, isMental }: PayloadOf<typeof educationDue>,
): Promise<void> {
  await lockPatient(ctx.tx, ctx.organizationId, patientId)
  const at = ctx.clock.now()
  const asked = { patientId, responseId: occurrenceId, questionnaire: `pathway:${protocol}:${step}`, at }
  await endOthers(ctx.tx, ctx.organizationId, asked)
  await insertAsked(ctx.tx, ctx.organizationId, {
    ...asked,
    answeredAt: at,
    isMental,
    cards: [...new Set(cards)].map((card) => ({ card, because })),
  })
  await noteUnknown(
    ctx,
    `${protocol} ${step}`,
    cards.map((card) => ({ card })),
  )
}

/** A card that is not in force is kept, and proposed once somebody publishes it; whoever designs is told by the log. */
async function noteUnknown(ctx: WriteContext, asker: string, cards: readonly { card: string }[]): Promise<void> {
  if (cards.length === 0) return
  const known = new Set((await findInForce(ctx.db, ctx.organizationId, ctx.today)).map(({ code }) => code))
  const unknown = cards.map(({ card }) => card).filter((card) => !known.has(card))
  if (unknown.length > 0)
    ctx.log.warn({ asker, cards: unknown }, 'a questionnaire or a pathway names advice cards that are not in force')
}
