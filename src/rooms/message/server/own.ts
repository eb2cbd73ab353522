import { hideTokens } from '../../../platform/auth/token.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { messageReadingRefused } from '../contract/events.ts'
import type {
  listMyMessages,
  OwnMessageLine,
  readMyMessage,
  setMyGoodHours,
  setMyWish,
  Wishes,
} from '../contract/own.ts'
import { openContent } from './content-seal.ts'
import { goodHoursChoiceOf, readGoodHours, timeOf } from '../../patient/contract/good-hours.ts'
import { setGoodHours } from '../../patient/server/index.ts'
import {
  findGoodHours,
  findOwn,
  findOwnMessage,
  findReadingRefusals,
  markOwnRead,
  putReadingRefusal,
} from './own-store.ts'
import { agreedToPromotion } from './facts-store.ts'
import { changeTopics, topicsOf } from './topic.ts'
import type { MessageRow } from './store.ts'

export async function listOwn(
  ctx: ReadContext,
  { cursor, limit }: InputOf<typeof listMyMessages>['query'],
): Promise<AnswerOf<typeof listMyMessages>> {
  const page = { after: cursor, limit: limit + 1 }
  const found = await findOwn(ctx.db, ctx.organizationId, ownPatientId(ctx), page)
  const shown = found.slice(0, limit)
  return {
    rows: shown.map((row) => lineOf(ctx, row)),
    next: found.length > limit ? shown.at(-1)!.id : null,
    total: null,
  }
}

/** @throws Problem NotFound */
export async function readOwn(ctx: ReadContext, id: string): Promise<AnswerOf<typeof readMyMessage>> {
  const row = await findOwnMessage(ctx.db, ctx.organizationId, ownPatientId(ctx), id)
  if (!row) throw platformProblem('NotFound')
  return { ...lineOf(ctx, row), text: hideTokens(openContent(ctx, row.content_sealed!).text) }
}

export async function noteOwnReading(ctx: WriteContext, id: string): Promise<Record<string, never>> {
  await markOwnRead(ctx.tx, ctx.organizationId, ownPatientId(ctx), id, ctx.clock.now())
  return {}
}

function lineOf(ctx: ReadContext, row: MessageRow): OwnMessageLine {
  const { subject, text } = openContent(ctx, row.content_sealed!)
  return {
    id: row.id as OwnMessageLine['id'],
    // A short message has no subject: its first words stand for it.
    subject: subject || `${hideTokens(text).slice(0, SUBJECT_LENGTH)}…`,
    purpose: row.purpose,
    channel: row.channel,
    at: (row.sent_at ?? row.created_at).toISOString(),
    isNew: row.read_at === null,
  }
}

const SUBJECT_LENGTH = 24

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'actor' | 'today' | 'sealer' | 'clock'>

export async function readOwnWishes(ctx: Reader): Promise<Wishes> {
  const patientId = ownPatientId(ctx)
  const topics = await topicsOf(ctx, patientId)
  const refusals = await findReadingRefusals(ctx.db, ctx.organizationId, [patientId])
  return {
    topics: topics.map(({ topic, channel, optedOut, partly }) => ({ topic, channel, optedOut, partly })),
    promotionAgreed: await agreedToPromotion(ctx, patientId),
    countsReading: !refusals.has(patientId),
    goodHours: goodHoursOf(await findGoodHours(ctx.db, ctx.organizationId, patientId)),
  }
}

/** Works at once: the sender reads it at the moment of sending. */
export async function setOwnWish(
  ctx: WriteContext,
  { topics, channels, optedOut }: InputOf<typeof setMyWish>['body'],
): Promise<Wishes> {
  const patientId = ownPatientId(ctx)
  ctx.audit.detail = { topics, channels, optedOut }
  const asked = [...new Set(topics)].flatMap((topic) => [...new Set(channels)].map((channel) => ({ topic, channel })))
  await changeTopics(
    ctx,
    patientId,
    asked.map((one) => ({ ...one, optedOut, how: 'own-page' as const, messageId: null })),
  )
  return readOwnWishes(ctx)
}

/** Taking it back also has those forget who counted. */
export async function setOwnReading(ctx: WriteContext, countsReading: boolean): Promise<Wishes> {
  const patientId = ownPatientId(ctx)
  const now = ctx.clock.now()
  ctx.audit.detail = { countsReading }
  const changed = await putReadingRefusal(ctx.tx, ctx.organizationId, patientId, countsReading ? null : now, now)
  if (changed && !countsReading) await ctx.emit(messageReadingRefused, { patientId })
  return readOwnWishes(ctx)
}

function goodHoursOf({ words, noted }: { words: string; noted: string }): Wishes['goodHours'] {
  const choice = goodHoursChoiceOf(words) ?? null
  const span = readGoodHours(words)
  return {
    choice,
    words,
    noted: choice === null ? words : noted,
    from: span ? timeOf(span.from) : null,
    to: span ? timeOf(span.to) : null,
  }
}

/** Read at the moment of sending, so that it works at once; staff see the same words. */
export async function setOwnGoodHours(
  ctx: WriteContext,
  choice: InputOf<typeof setMyGoodHours>['body']['hours'],
): Promise<Wishes> {
  ctx.audit.detail = { hours: choice }
  await setGoodHours(ctx, ownPatientId(ctx), choice)
  return readOwnWishes(ctx)
}
