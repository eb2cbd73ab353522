import { timingSafeEqual } from 'node:crypto'
import type { PatientId } from '../../../platform/contract/index.ts'
import { maskPhone } from '../../../platform/contract/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { contactOf } from '../../patient/server/index.ts'
import { cardActivated, cardCodeRequested, type CardId, type CardView } from '../contract/card.ts'
import { cardProblem } from '../contract/problems.ts'
import { cardView, noteEvent, requireCard } from './card.ts'
import {
  codesSent,
  countTry,
  findCodeText,
  findOutbox,
  holdPhone,
  insertCode,
  lockLastCode,
  markUsed,
} from './code-store.ts'
import { mayAct, stepOf } from './rules/card-states.ts'
import { CODE_MINUTES, CODE_TRIES, codeFrom, secondsToWait } from './rules/code-limits.ts'
import { moveState, organizationSettings } from './store.ts'

const DAY_MS = 86_400_000

/** Puts the code into the words of a message in the patient's language. */
export type SayCode = (values: { code: string; minutes: number; locale: 'zh-CN' | 'en' }) => string

/**
 * Sends a code to the patient's phone, or to the guardian's for a child under 14. The text is stored sealed and
 * announced by an event without it; while nobody carries messages the desk reads it in the demo outbox.
 * @throws Problem NotFound, CardStateRefuses, NoPhone, CodeTooSoon, CodeTooMany
 */
export async function sendCode(ctx: WriteContext, cardId: string, say: SayCode) {
  const card = await requireCard(ctx, cardId)
  if (!mayAct('activate', card.state)) throw cardProblem('CardStateRefuses', { state: card.state })
  const contact = await contactOf(ctx, card.patient_id)
  if (!contact?.phone) throw cardProblem('NoPhone')
  const now = ctx.clock.now()
  const phoneIndex = ctx.sealer.index(ctx.organizationId, 'card/phone', contact.phone)
  await holdPhone(ctx.tx, phoneIndex)
  const sent = await codesSent(ctx.tx, ctx.organizationId, phoneIndex, new Date(now.getTime() - DAY_MS))
  const wait = secondsToWait(sent, now)
  if (wait > 0)
    throw cardProblem(wait <= 60 ? 'CodeTooSoon' : 'CodeTooMany', { seconds: wait, minutes: Math.ceil(wait / 60) })

  const code = codeFrom(ctx.ids.next().replaceAll('-', ''))
  const id = ctx.ids.next()
  const phoneMasked = maskPhone(contact.phone)
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000)
  const shared = { organization_id: ctx.organizationId, card_id: cardId, phone_masked: phoneMasked, created_at: now }
  await insertCode(
    ctx.tx,
    { ...shared, id, phone_index: phoneIndex, hash: hashOf(ctx, cardId, code), expires_at: expiresAt },
    {
      ...shared,
      id: ctx.ids.next(),
      patient_id: card.patient_id,
      code_id: id,
      text_sealed: ctx.sealer.seal(ctx.organizationId, say({ code, minutes: CODE_MINUTES, locale: contact.locale })),
    },
  )
  ctx.audit.detail = { viaGuardian: contact.viaGuardian }
  await ctx.emit(cardCodeRequested, { cardId: cardId as CardId, patientId: card.patient_id as PatientId, codeId: id })
  return {
    phoneMasked,
    viaGuardian: contact.viaGuardian,
    expiresAt: expiresAt.toISOString(),
    nextAt: new Date(now.getTime() + 60_000).toISOString(),
  }
}

export interface Activation {
  result: 'activated' | 'active-already' | 'wrong-code' | 'no-code' | 'used-up'
  triesLeft: number
  card: CardView
}

/** Tries a code. The last code's row is locked, so tries count one by one and the right one opens the card once. */
export async function activate(ctx: WriteContext, cardId: string, code: string): Promise<Activation> {
  await requireCard(ctx, cardId)
  const last = await lockLastCode(ctx.tx, ctx.organizationId, cardId)
  const answer = async (result: Activation['result'], triesLeft = 0): Promise<Activation> => {
    ctx.audit.detail = { result }
    return { result, triesLeft, card: await cardView(ctx, cardId) }
  }
  // Read again behind the lock: whoever held it may just have activated the card.
  const card = await requireCard(ctx, cardId)
  if (card.state === 'active') return answer('active-already')
  if (card.state !== 'pending') throw cardProblem('CardStateRefuses', { state: card.state })
  const now = ctx.clock.now()
  if (!last || last.used_at || last.expires_at <= now) return answer('no-code')
  if (last.tries >= CODE_TRIES) return answer('used-up')
  if (!timingSafeEqual(last.hash, hashOf(ctx, cardId, code))) {
    await countTry(ctx.tx, ctx.organizationId, last.id)
    const triesLeft = CODE_TRIES - last.tries - 1
    return answer(triesLeft === 0 ? 'used-up' : 'wrong-code', triesLeft)
  }
  await markUsed(ctx.tx, ctx.organizationId, last.id, now)
  const was = await moveState(ctx.tx, ctx.organizationId, cardId, stepOf('activate'), now)
  if (!was) return answer('active-already')
  await noteEvent(ctx, { id: cardId, state: 'active' }, 'activated', was)
  await ctx.emit(cardActivated, { cardId: cardId as CardId, patientId: card.patient_id as PatientId })
  return answer('activated')
}

/** A keyed hash, so that six digits cannot be tried out against a copy of the table. */
function hashOf(ctx: ReadContext, cardId: string, code: string): Buffer {
  return ctx.sealer.index(ctx.organizationId, 'card/code', `${cardId}:${code}`)
}

/** What waits in the outbox; closed as soon as an SMS provider is set, since then phones receive the codes. */
export async function demoOutbox(ctx: ReadContext) {
  const enabled = !(await organizationSettings(ctx.db, ctx.organizationId))['sms']
  if (!enabled) return { enabled, rows: [] }
  const rows = await findOutbox(ctx.db, ctx.organizationId, new Date(ctx.clock.now().getTime() - CODE_MINUTES * 60_000))
  return {
    enabled,
    rows: rows.map((row) => ({
      id: row.id,
      cardId: row.card_id as CardId,
      patientId: row.patient_id as PatientId,
      phoneMasked: row.phone_masked,
      text: ctx.sealer.open(ctx.organizationId, row.text_sealed),
      at: row.created_at.toISOString(),
    })),
  }
}

/** For the room that carries messages: the text announced by `card.code-requested`. */
export async function codeText(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'sealer'>,
  codeId: string,
): Promise<string | undefined> {
  const row = await findCodeText(ctx.db, ctx.organizationId, codeId)
  return row && ctx.sealer.open(ctx.organizationId, row.text_sealed)
}
