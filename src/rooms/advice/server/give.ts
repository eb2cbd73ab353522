import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { lockPatient, requireVisible } from '../../patient/server/index.ts'
import type { giveAdvice, giveComputed } from '../contract/advice.ts'
import { adviceGiven, adviceTakenBack } from '../contract/events.ts'
import { adviceProblem } from '../contract/problems.ts'
import type { CardDefinition, GivenAdvice, GivenText, Kind } from '../contract/words.ts'
import type { CardRow } from './card-store.ts'
import { computeAgain } from './compute.ts'
import { gatherFacts, BODY_CODES } from './facts-store.ts'
import {
  findBySubmission,
  findGiven,
  findOne,
  insertGiven,
  takeBack,
  type GivenRow,
  type NewGiven,
} from './given-store.ts'
import { choose, permissionFor, readable } from './propose.ts'
import type { Choice } from './rules/choose.ts'
import { refusedWords } from './rules/wording.ts'

type Body = InputOf<typeof giveAdvice>['body']

/**
 * Gives a card as edited: an immutable copy with its reasons. Which kinds a caller gives is decided here, by permission.
 * @throws Problem AdviceCardOver, AdviceOtherKind, AdviceNotSuitable, AdviceNeedsDoctor, AdviceAskFirst,
 * AdviceNeedsReason, AdviceWordsRefused
 */
export async function give(ctx: WriteContext, patientId: string, body: Body, mind: boolean): Promise<GivenAdvice> {
  const person = await requireVisible(ctx, patientId)
  const before = await findBySubmission(ctx.db, ctx.organizationId, patientId, body.submission)
  if (before) return viewOf(ctx, before)
  await lockPatient(ctx.tx, ctx.organizationId, patientId)
  const { proposed, leftOut, others } = await choose(ctx, person)
  const choice = [...proposed, ...leftOut, ...others].find(({ card }) => card.code === body.card.code)
  if (!choice || choice.card.version !== body.card.version) throw adviceProblem('AdviceCardOver')
  const { card, reasons } = choice
  if ((card.kind === 'mind') !== mind) throw adviceProblem('AdviceOtherKind')
  refuseUnfit(ctx, choice, body)
  refuseWords(body.text, card.kind)
  return keep(ctx, {
    patientId,
    kind: card.kind,
    basis: 'card',
    card: { code: card.code, version: card.version },
    locale: body.locale,
    text: body.text,
    edited: !sameText(body.text, textOf(card.definition, body.locale)),
    source: card.definition.source,
    reasons,
    computed: null,
    asked: body.asked,
    because: body.because,
    despite: body.despite,
    submission: body.submission,
  })
}

function refuseUnfit(ctx: WriteContext, { reasons, obstacles, ask }: Choice<CardRow>, body: Body): void {
  const [first] = obstacles
  if (first && body.despite.length < 4)
    throw adviceProblem('AdviceNotSuitable', { because: ctx.locale === 'en' ? first.because.en : first.because.zh })
  if (first && !ctx.actor.permissions.has('plan.sign')) throw adviceProblem('AdviceNeedsDoctor')
  const open = ask.filter((one) => !body.asked.includes(one))
  if (open.length > 0) throw adviceProblem('AdviceAskFirst', { what: open.join(', ') }, 'body.asked')
  if (reasons.length === 0 && body.because.length < 2) throw adviceProblem('AdviceNeedsReason', {}, 'body.because')
}

function refuseWords(text: GivenText, kind: Kind): void {
  const words = refusedWords(text, kind)
  if (words.length > 0) throw adviceProblem('AdviceWordsRefused', { words: words.join('、') }, 'body.text')
}

/**
 * Gives energy and portions, or an exercise prescription, computed again from the record and what was entered.
 * @throws Problem AdviceNotComputable, AdviceWordsRefused
 */
export async function giveResult(
  ctx: WriteContext,
  patientId: string,
  { input, locale, text, submission }: InputOf<typeof giveComputed>['body'],
): Promise<GivenAdvice> {
  const person = await requireVisible(ctx, patientId)
  const before = await findBySubmission(ctx.db, ctx.organizationId, patientId, submission)
  if (before) return viewOf(ctx, before)
  await lockPatient(ctx.tx, ctx.organizationId, patientId)
  const facts = await gatherFacts(ctx, person, BODY_CODES)
  const result = computeAgain(input, facts, ctx.today)
  if (person.state !== 'active' || result.state === 'refused')
    throw adviceProblem('AdviceNotComputable', { because: result.state === 'refused' ? result.because.join(', ') : '' })
  const kind = input.basis === 'energy' ? 'diet' : 'exercise'
  refuseWords(text, kind)
  return keep(ctx, {
    patientId,
    kind,
    basis: input.basis,
    card: null,
    locale,
    text,
    edited: false,
    source: result.source,
    reasons: [],
    computed: { input, output: result.output },
    asked: [],
    because: '',
    despite: '',
    submission,
  })
}

async function keep(ctx: WriteContext, given: Omit<NewGiven, 'id' | 'at' | 'by'>): Promise<GivenAdvice> {
  const id = ctx.ids.next<string>()
  const row = await insertGiven(ctx.tx, ctx.organizationId, { ...given, id, at: ctx.clock.now(), by: ctx.actor })
  // Handed in by two tabs at once, it is kept once; a key of somebody else's advice is no key of this one.
  if (!row) throw adviceProblem('AdviceCardOver')
  ctx.audit.subjectId = id
  ctx.audit.detail = { kind: given.kind, basis: given.basis, card: given.card?.code ?? null }
  await ctx.emit(adviceGiven, { patientId: given.patientId as never, givenId: id as never, kind: given.kind })
  return viewOf(ctx, row)
}

/**
 * Takes advice back. It stays in the history, and the person sees it no more.
 * @throws Problem AdviceUnknown, AdviceOtherKind, AdviceTakenBack
 */
export async function withdraw(
  ctx: WriteContext,
  { patientId, givenId }: { patientId: string; givenId: string },
  because: string,
  mind: boolean,
): Promise<GivenAdvice> {
  await requireVisible(ctx, patientId)
  const row = await findOne(ctx.db, ctx.organizationId, patientId, givenId)
  if (!row) throw adviceProblem('AdviceUnknown')
  if ((row.kind === 'mind') !== mind) throw adviceProblem('AdviceOtherKind')
  const taken = await takeBack(ctx.tx, ctx.organizationId, givenId, { at: ctx.clock.now(), by: ctx.actor, because })
  if (!taken) throw adviceProblem('AdviceTakenBack')
  ctx.audit.detail = { kind: row.kind }
  await ctx.emit(adviceTakenBack, { patientId: patientId as never, givenId: givenId as never, kind: row.kind })
  return viewOf(ctx, taken)
}

/** What a person was given; advice on mood and mind shows to who may give it, others see that there is some. */
export async function showGiven(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const { permissions } = ctx.actor
  const rows = await findGiven(ctx.db, ctx.organizationId, patientId)
  const shown = rows.filter(({ kind }) => kind !== 'mind' || permissions.has('advice.give-mind'))
  return {
    rows: shown.map((row) => viewOf(ctx, row)),
    hidden: rows.length - shown.length,
    can: { give: permissions.has('advice.give'), giveMind: permissions.has(permissionFor('mind')) },
  }
}

/** The card in one language: what the giver begins with. */
export function textOf(definition: CardDefinition, locale: 'zh-CN' | 'en'): GivenText {
  const say = ({ zh, en }: { zh: string; en: string }) => (locale === 'en' ? en : zh)
  return {
    title: say(definition.title),
    summary: say(definition.summary),
    points: definition.points.map(say),
    avoid: definition.avoid.map(say),
  }
}

function sameText(a: GivenText, b: GivenText): boolean {
  const parts = ({ title, summary, points, avoid }: GivenText) => JSON.stringify([title, summary, points, avoid])
  return parts(a) === parts(b)
}

function viewOf(ctx: ReadContext, row: GivenRow): GivenAdvice {
  return {
    id: row.id as GivenAdvice['id'],
    kind: row.kind,
    basis: row.basis,
    cardCode: row.card_code,
    cardVersion: row.card_version,
    locale: row.locale,
    text: row.text,
    edited: row.edited,
    source: row.source,
    reasons: row.reasons.map((one) => readable(ctx, one)),
    because: row.because,
    despite: row.despite,
    givenAt: row.given_at.toISOString(),
    givenBy: row.given_by_name,
    takenBack: row.taken_back_at
      ? { at: row.taken_back_at.toISOString(), by: row.taken_back_by_name ?? '', because: row.taken_back_because ?? '' }
      : null,
  }
}
