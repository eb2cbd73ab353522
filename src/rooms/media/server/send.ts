import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { sendMessage } from '../../message/server/index.ts'
import { openWay, type OpenedWay } from '../../patient-access/server/index.ts'
import { accessProblem } from '../../patient-access/contract/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { mediaProblem } from '../contract/problems.ts'
import type { listSentMedia, mailMedia, SentMedia, showMediaCode } from '../contract/sends.ts'
import { cards } from './cards.ts'
import { cardsInForce } from './door.ts'
import { findSent, insertSent } from './sent-store.ts'

/** A code on a screen is scanned at once or not at all. */
const CODE_DAYS = 1

/** What a person was sent, and the cards to choose from. */
export async function listSent(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof listSentMedia>> {
  const person = await requireVisible(ctx, patientId)
  const [sent, inForce] = await Promise.all([findSent(ctx.db, ctx.organizationId, patientId), cardsInForce(ctx)])
  const titles = await titlesOf(ctx, sent)
  return {
    rows: sent.map((row) => ({
      id: row.id as SentMedia['id'],
      code: row.code,
      version: row.version,
      title: titles.get(`${row.code}.${row.version}`)!,
      by: row.by,
      sentOn: dateIn(row.sent_at, ctx.tenant.timeZone),
      sentBy: row.sent_by_name,
    })),
    cards: inForce.map(({ code, definition: { title, summary, topics, words } }) => ({
      code,
      title,
      summary,
      topics,
      words,
    })),
    emailMasked: person.email_masked,
    isActive: person.state === 'active',
    hasBirthDate: person.birth_date !== null,
  }
}

async function titlesOf(ctx: ReadContext, sent: readonly { code: string; version: number }[]) {
  const wanted = new Map(sent.map((row) => [`${row.code}.${row.version}`, row]))
  const found = await Promise.all([...wanted.values()].map(({ code, version }) => cards.find(ctx, code, version)))
  return new Map(found.map((row) => [`${row!.code}.${row!.version}`, row!.definition.title]))
}

/** @throws Problem MediaNotInForce, MediaPatientGone, WayEmailWanted, WayBirthDateWanted */
export async function mail(ctx: WriteContext, patientId: string, code: string): Promise<AnswerOf<typeof mailMedia>> {
  const { email_masked: toMasked } = await requireVisible(ctx, patientId)
  if (!toMasked) throw accessProblem('WayEmailWanted')
  const { way, id } = await open(ctx, patientId, code, 'mail')
  // The letter says that there is something to look at, not what: a title may name an illness.
  await sendMessage(ctx, {
    patientId,
    template: 'media-card',
    touch: `media:${id}`,
    values: { link: way.link },
    notAfter: way.expiresAt,
    channels: ['email'],
    source: 'media',
    sourceKey: id,
  })
  return { toMasked }
}

/** @throws Problem MediaNotInForce, MediaPatientGone, WayBirthDateWanted */
export async function showCode(
  ctx: WriteContext,
  patientId: string,
  code: string,
): Promise<AnswerOf<typeof showMediaCode>> {
  await requireVisible(ctx, patientId)
  const { way } = await open(ctx, patientId, code, 'code')
  return { link: way.link, expiresAt: way.expiresAt.toISOString() }
}

async function open(
  ctx: WriteContext,
  patientId: string,
  code: string,
  by: 'mail' | 'code',
): Promise<{ way: OpenedWay; id: string }> {
  const { state } = await requireVisible(ctx, patientId)
  if (state !== 'active') throw mediaProblem('MediaPatientGone')
  const card = await cards.inForceOf(ctx, code)
  if (!card || card.definition.expiresOn <= ctx.today) throw mediaProblem('MediaNotInForce')
  const way = await openWay(ctx, patientId, {
    page: `/my/media/${code}`,
    ...(by === 'code' ? { days: CODE_DAYS } : {}),
    sentBy: by === 'code' ? 'code' : 'message',
  })
  const id = ctx.ids.next<string>()
  await insertSent(ctx.tx, {
    organization_id: ctx.organizationId,
    patient_id: patientId,
    id,
    code,
    version: card.version,
    by,
    sent_at: ctx.clock.now(),
    sent_by: ctx.actor.id,
    sent_by_name: ctx.actor.name,
  })
  ctx.audit.subjectId = id
  ctx.audit.detail = { code, version: card.version }
  return { way, id }
}
