import type { PatientId } from '../../../platform/contract/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { NewPatient } from '../../patient/contract/person.ts'
import { addSearchWord, lockPatient, register, requireVisible, visibleTo } from '../../patient/server/index.ts'
import {
  cardClosed,
  cardFrozen,
  cardOpened,
  cardUnfrozen,
  type CardId,
  type CardView,
  type ConsentPurpose,
} from '../contract/card.ts'
import { cardProblem } from '../contract/problems.ts'
import { cardNumber, cardPrefix } from './rules/card-number.ts'
import { stepOf } from './rules/card-states.ts'
import {
  findCard,
  findCardsOf,
  findOpenCard,
  insertCard,
  insertCardEvent,
  moveState,
  organizationSettings,
  updateConsents,
  type CardRow,
} from './store.ts'
import type { CardEventKind, StoredConsent } from './table.ts'
import { viewCards } from './view.ts'

export interface ConsentAnswer {
  purpose: ConsentPurpose
  granted: boolean
  textVersion: string
}

export interface Opening {
  patientId?: string
  patient?: NewPatient
  consents: readonly ConsentAnswer[]
}

/**
 * Opens a card for somebody known, or registers somebody and opens theirs. One card that is not closed per person:
 * the person's row is locked first, so two desks at once open one.
 * @throws Problem what registering refuses; NotFound, CardOpenAlready, PatientNotAlive
 */
export async function openCard(ctx: WriteContext, opening: Opening): Promise<{ card: CardView; proposals: number }> {
  const made = opening.patient
    ? await register(ctx, opening.patient)
    : { patientId: opening.patientId as PatientId, proposals: 0 }
  if (!opening.patient) await requireVisible(ctx, made.patientId)
  const patient = await lockPatient(ctx.tx, ctx.organizationId, made.patientId)
  if (patient.state !== 'active') throw cardProblem('PatientNotAlive')
  const open = await findOpenCard(ctx.tx, ctx.organizationId, made.patientId)
  if (open) throw cardProblem('CardOpenAlready', { number: open.number })
  const { id, number } = await takeNumber(ctx, made.patientId, opening.consents)
  await addSearchWord(ctx, made.patientId, number)
  await noteEvent(ctx, { id, state: 'pending' }, 'opened', null, '', { consents: opening.consents })
  ctx.audit.patientId = made.patientId
  ctx.audit.subjectId = id
  await ctx.emit(cardOpened, { cardId: id as CardId, patientId: made.patientId })
  return { card: await cardView(ctx, id), proposals: made.proposals }
}

/** Numbers are chance; in the rare case that one is taken another is drawn. */
async function takeNumber(
  ctx: WriteContext,
  patientId: string,
  answers: readonly ConsentAnswer[],
): Promise<{ id: string; number: string }> {
  const prefix = cardPrefix((await organizationSettings(ctx.tx, ctx.organizationId))['cardPrefix'])
  const at = ctx.clock.now()
  for (let attempt = 0; attempt < 10; attempt++) {
    const id = ctx.ids.next()
    // The id's tail is random; a second id gives the number chance of its own.
    const number = cardNumber(prefix, ctx.ids.next().replaceAll('-', ''))
    const consents = mergeConsents([], answers, ctx)
    if (
      await insertCard(ctx.tx, {
        organizationId: ctx.organizationId,
        id,
        patientId,
        number,
        consents,
        by: ctx.actor.id,
        at,
      })
    )
      return { id, number }
  }
  throw new Error('ten card numbers in a row were taken: the prefix is full')
}

const ACTS = {
  freeze: { kind: 'frozen', event: cardFrozen },
  unfreeze: { kind: 'unfrozen', event: cardUnfrozen },
  close: { kind: 'closed', event: cardClosed },
} as const

/** Freezes, takes up again or closes. @throws Problem NotFound, CardStateRefuses */
export async function act(
  ctx: WriteContext,
  cardId: string,
  what: keyof typeof ACTS,
  reason: string,
): Promise<CardView> {
  const card = await requireCard(ctx, cardId)
  const step = stepOf(what)
  const was = await moveState(ctx.tx, ctx.organizationId, cardId, step, ctx.clock.now())
  if (!was) throw cardProblem('CardStateRefuses', { state: (await requireCard(ctx, cardId)).state })
  await noteEvent(ctx, { id: cardId, state: step.to }, ACTS[what].kind, was, reason)
  await ctx.emit(ACTS[what].event, { cardId: cardId as CardId, patientId: card.patient_id as PatientId })
  return cardView(ctx, cardId)
}

/** What the person agrees to now. Every answer stays in the history; the card shows the last one per purpose. */
export async function recordConsents(
  ctx: WriteContext,
  cardId: string,
  answers: readonly ConsentAnswer[],
): Promise<CardView> {
  const found = await requireCard(ctx, cardId)
  await lockPatient(ctx.tx, ctx.organizationId, found.patient_id)
  const card = await requireCard(ctx, cardId)
  await updateConsents(
    ctx.tx,
    ctx.organizationId,
    cardId,
    mergeConsents(card.consents as StoredConsent[], answers, ctx),
  )
  await noteEvent(ctx, card, 'consents', card.state, '', { consents: answers })
  return cardView(ctx, cardId)
}

function mergeConsents(
  had: readonly StoredConsent[],
  answers: readonly ConsentAnswer[],
  ctx: WriteContext,
): StoredConsent[] {
  const fresh = answers.map((answer) => ({ ...answer, at: ctx.clock.now().toISOString(), by: ctx.actor.name }))
  return [...had.filter((one) => !fresh.some((answer) => answer.purpose === one.purpose)), ...fresh]
}

/** The cards of a patient with their history. @throws Problem NotFound */
export async function cardsOf(ctx: ReadContext, patientId: string): Promise<CardView[]> {
  await requireVisible(ctx, patientId)
  return viewCards(
    ctx,
    await findCardsOf(ctx.db, ctx.organizationId, patientId, visibleTo(ctx.actor, 'patient', ctx.clock.now())),
  )
}

/** A card whose patient the actor may see. @throws Problem NotFound */
export async function requireCard(ctx: ReadContext, cardId: string): Promise<CardRow> {
  const card = await findCard(ctx.db, ctx.organizationId, cardId, visibleTo(ctx.actor, 'patient', ctx.clock.now()))
  if (!card) throw platformProblem('NotFound')
  ctx.audit.patientId = card.patient_id
  return card
}

export async function cardView(ctx: ReadContext, cardId: string): Promise<CardView> {
  return (await viewCards(ctx, [await requireCard(ctx, cardId)]))[0]!
}

export async function noteEvent(
  ctx: WriteContext,
  card: Pick<CardRow, 'id' | 'state'>,
  kind: CardEventKind,
  from: CardRow['state'] | null,
  reason = '',
  detail: unknown = {},
): Promise<void> {
  await insertCardEvent(ctx.tx, {
    organizationId: ctx.organizationId,
    id: ctx.ids.next(),
    cardId: card.id,
    kind,
    from,
    to: card.state,
    reason,
    detail,
    byId: ctx.actor.id,
    byName: ctx.actor.name,
    at: ctx.clock.now(),
  })
}
