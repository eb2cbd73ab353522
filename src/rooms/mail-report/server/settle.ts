import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { returnIsSet } from '../../mail-domain/server/index.ts'
import {
  findMails,
  findMailsTo,
  takeReturned,
  templateNames,
  templatesInForce,
  type MailBrief,
} from '../../message/server/index.ts'
import type * as contract from '../contract/mail-report.ts'
import { mailReportProblem } from '../contract/problems.ts'
import { readMail, textOf } from './read-mail.ts'
import { changeReport, figuresSince, findReport, findReports, type MailReportRow } from './store.ts'

const DAYS = 86_400_000
const FIGURES_DAYS = 30
/** A relay gives up after days; nobody reports on a mail of last month. */
const CANDIDATE_DAYS = 21

export async function listReports(
  ctx: ReadContext,
  { list, cursor, limit }: InputOf<typeof contract.listMailReports>['query'],
): Promise<AnswerOf<typeof contract.listMailReports>> {
  const after = cursor && /^[0-9a-f-]{36}$/.test(cursor) ? cursor : undefined
  const rows = await findReports(ctx.db, ctx.organizationId, list, { after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  return { rows: await linesOf(ctx, shown), next: rows.length > limit ? shown.at(-1)!.id : null, total: null }
}

export async function reportFigures(ctx: ReadContext): Promise<AnswerOf<typeof contract.mailReportFigures>> {
  const since = new Date(ctx.clock.now().getTime() - FIGURES_DAYS * DAYS)
  return { ...(await figuresSince(ctx.db, ctx.organizationId, since)), isSet: await returnIsSet(ctx) }
}

/** @throws Problem NotFound */
export async function showReport(ctx: ReadContext, id: string): Promise<AnswerOf<typeof contract.openMailReport>> {
  const row = await findReport(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  const raw = row.raw_sealed && ctx.sealer.openBytes(ctx.organizationId, row.raw_sealed)
  const text = raw ? await readMail(raw).then(textOf, () => '') : ''
  return { line: await lineOf(ctx, row), text, candidates: raw ? await candidatesOf(ctx, row) : [] }
}

/** The one it names comes first; then those to an address that looks like the one it speaks of. */
async function candidatesOf(ctx: ReadContext, row: MailReportRow) {
  const named = await findMails(
    ctx,
    [row.proven_id, row.candidate_id].flatMap((id) => id ?? []),
  )
  const since = new Date(row.received_at.getTime() - CANDIDATE_DAYS * DAYS)
  const likely = row.to_masked ? await findMailsTo(ctx, row.to_masked, since) : []
  const all = new Map([...named, ...likely].map((mail) => [mail.id, mail]))
  return mailLinesOf(ctx, [...all.values()])
}

/** @throws Problem NotFound, MailReportSettled, MailOfReportUnknown, MailOfReportBusy */
export async function tieReport(
  ctx: WriteContext,
  id: string,
  { messageId, meaning }: InputOf<typeof contract.tieMailReport>['body'],
) {
  const row = await toDecide(ctx, id)
  const outcome = await takeReturned(ctx, messageId, meaning)
  if (outcome === 'unknown') throw mailReportProblem('MailOfReportUnknown')
  if (outcome === 'busy') throw mailReportProblem('MailOfReportBusy')
  ctx.audit.detail = { messageId, meaning, outcome }
  return decide(ctx, row, { state: 'settled', message_id: messageId, meaning, why: null, raw_sealed: null })
}

/** @throws Problem NotFound, MailReportSettled */
export async function setAside(ctx: WriteContext, id: string, { aside, note }: { aside: boolean; note: string }) {
  const row = await toDecide(ctx, id)
  ctx.audit.detail = { aside }
  return decide(ctx, row, { state: aside ? 'aside' : 'open', note })
}

async function toDecide(ctx: WriteContext, id: string): Promise<MailReportRow> {
  const row = await findReport(ctx.db, ctx.organizationId, id, { lock: true })
  if (!row) throw platformProblem('NotFound')
  if (row.state !== 'open' && row.state !== 'aside') throw mailReportProblem('MailReportSettled')
  return row
}

async function decide(ctx: WriteContext, row: MailReportRow, change: Partial<MailReportRow>) {
  const decided = { decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, decided_at: ctx.clock.now() }
  await changeReport(ctx.tx, ctx.organizationId, row.id, { ...change, ...decided })
  return lineOf(ctx, { ...row, ...change, ...decided })
}

async function lineOf(ctx: ReadContext, row: MailReportRow) {
  return (await linesOf(ctx, [row]))[0]!
}

async function linesOf(ctx: ReadContext, rows: readonly MailReportRow[]) {
  const ids = rows.flatMap(({ message_id, proven_id }) => message_id ?? proven_id ?? [])
  const mails = new Map((await mailLinesOf(ctx, await findMails(ctx, ids))).map((mail) => [mail.id as string, mail]))
  return rows.map((row): AnswerOf<typeof contract.tieMailReport> => {
    const mail = mails.get(row.message_id ?? row.proven_id ?? '')
    return {
      id: row.id as never,
      kind: row.kind,
      state: row.state,
      why: row.why,
      meaning: row.meaning,
      words: row.words,
      toMasked: row.to_masked,
      way: row.way,
      receivedAt: row.received_at.toISOString(),
      decided: row.decided_at
        ? { by: row.decided_by_name ?? '', at: row.decided_at.toISOString(), note: row.note }
        : null,
      mail: mail ?? null,
    }
  })
}

async function mailLinesOf(ctx: ReadContext, mails: readonly MailBrief[]) {
  const templates = await templatesInForce(
    ctx,
    mails.map(({ template }) => template),
  )
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  return mails.map(({ id, template, to_masked, sent_at, state, reason }) => ({
    id: id as never,
    template,
    templateName: templateNames(templates, template, language),
    toMasked: to_masked,
    sentAt: sent_at?.toISOString() ?? null,
    state,
    reason,
  }))
}
