import { hash } from 'node:crypto'
import type { WriteContext } from '../../../platform/context/context.ts'
import { maskEmail } from '../../../platform/contract/index.ts'
import { provenIn } from '../../mail-domain/server/index.ts'
import { findMails, mailOfUnsubscribe, takeReturned } from '../../message/server/index.ts'
import type { ReportState, Way, Why } from '../contract/words.ts'
import { readMail } from './read-mail.ts'
import { redacted } from './rules/redact.ts'
import { readReport, type ReadMail, type ReadReport } from './rules/read-report.ts'
import { changeReport, claimWaiting, findByKey, insertReport, type MailReportRow } from './store.ts'

export interface Arrival {
  raw: Buffer
  way: Way
  /** The address it was delivered to, as the envelope said; empty where nobody knows. */
  to: string
}

export interface Taken {
  id: string
  state: ReportState
  isNew: boolean
}

/**
 * Takes one report in: reads it, ties it to its mail by our own mark, and tells the ledger, all in the caller's
 * transaction. The same report again changes nothing. What has no mark, or says nothing that we understand, waits for a
 * person; nothing of it is logged.
 */
export async function takeReport(ctx: WriteContext, { raw, way, to }: Arrival): Promise<Taken> {
  const mail = await readMail(raw).catch((): ReadMail | undefined => undefined)
  const report = mail && readReport(mail)
  const provenId = report ? await provenOf(ctx, report, to) : undefined
  const key = keyOf(provenId, mail?.headers.get('message-id'), raw)
  const known = await findByKey(ctx.db, ctx.organizationId, key)
  if (known) return { id: known.id, state: known.state, isNew: false }
  const told = await tell(ctx, report, provenId)
  const id = ctx.ids.next()
  const added = await insertReport(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    report_key: key,
    way,
    kind: report?.kind ?? 'unknown',
    meaning: report?.meaning ?? null,
    words: redacted(report?.words ?? ''),
    to_masked: report?.recipient ? maskEmail(report.recipient) : null,
    proven_id: provenId ?? null,
    candidate_id: report && !provenId ? await candidateOf(ctx, report) : null,
    message_id: told.state === 'settled' ? (provenId ?? null) : null,
    ...told,
    raw_sealed: told.state === 'open' ? ctx.sealer.sealBytes(ctx.organizationId, raw) : null,
    received_at: ctx.clock.now(),
    decided_by: null,
    decided_by_name: null,
    decided_at: null,
  })
  // Somebody else has just taken the same one: theirs stands, and what it told the ledger was told once.
  return added
    ? { id, state: told.state, isNew: true }
    : { id: (await findByKey(ctx.db, ctx.organizationId, key))!.id, state: told.state, isNew: false }
}

async function tell(
  ctx: WriteContext,
  report: ReadReport | undefined,
  provenId: string | undefined,
): Promise<{ state: ReportState; why: Why | null }> {
  if (!report) return { state: 'open', why: 'unreadable' }
  // A holiday note, a delay, a relay that passes on: there is nothing to be done about these.
  if (report.meaning === null && report.kind !== 'unknown' && report.kind !== 'bounce')
    return { state: 'settled', why: null }
  if (report.meaning === null) return { state: 'open', why: 'not-understood' }
  if (!provenId) return { state: 'open', why: 'no-mark' }
  const outcome = await takeReturned(ctx, provenId, report.meaning)
  if (outcome === 'unknown') return { state: 'open', why: 'no-such-mail' }
  return { state: outcome === 'busy' ? 'waiting' : 'settled', why: null }
}

/** The message that a mark of this organization names, in the report or in the address it came to. */
async function provenOf(ctx: WriteContext, report: ReadReport, to: string): Promise<string | undefined> {
  const proven = provenIn(ctx, [{ id: ctx.organizationId }], `${to} ${report.marks}`)
  if (proven) return proven.messageId
  return report.unsubscribe ? mailOfUnsubscribe(ctx, report.unsubscribe) : undefined
}

async function candidateOf(ctx: WriteContext, { originalId }: ReadReport): Promise<string | null> {
  const id = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(originalId ?? '')?.[1]
  if (!id) return null
  return (await findMails(ctx, [id]))[0]?.id ?? null
}

/** A report is known by its own Message-ID beside the mail it speaks of; one without goes by all of its bytes. */
function keyOf(provenId: string | undefined, messageId: string | undefined, raw: Buffer): Buffer {
  return hash('sha256', `${provenId ?? ''}\0${messageId ?? hash('sha256', raw, 'hex')}`, 'buffer')
}

const WAITING_AT_ONCE = 200

/** Those that were quicker than the sender's own commit. @returns how many are done with */
export async function takeWaiting(ctx: WriteContext): Promise<number> {
  let done = 0
  for (const row of await claimWaiting(ctx.tx, ctx.organizationId, WAITING_AT_ONCE)) {
    const outcome = await takeReturned(ctx, row.proven_id!, row.meaning!)
    if (outcome === 'busy') continue
    done += 1
    await changeReport(ctx.tx, ctx.organizationId, row.id, settled(row))
  }
  return done
}

const settled = (row: MailReportRow) => ({ state: 'settled' as const, message_id: row.proven_id })
