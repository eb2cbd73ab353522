import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { mailbox } from '../../../platform/mail/mime/header.ts'
import { mailSender, settingsOf, webAddressOf } from '../../organization/server/index.ts'
import type { getMailDomain, MailKeyView, setReturnPattern } from '../contract/mail-domain.ts'
import { mailDomainProblem } from '../contract/problems.ts'
import { RECORD_STAYS_DAYS, type KeyState } from '../contract/words.ts'
import { recordOf } from './rules/key-record.ts'
import { addressIn, COMPLAINT } from './rules/return-address.ts'
import { findDomain, findKeys, putDomain, type MailKeyRow } from './store.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId' | 'publicUrl' | 'tenant' | 'clock'>

/** The address that mails come from, and its domain: what a signature has to speak for. */
export async function senderOf(ctx: Reader): Promise<{ mailFrom: string; domain: string }> {
  const { general } = await settingsOf(ctx)
  const webAddress = webAddressOf(general, ctx.publicUrl)
  const mailFrom = mailbox(mailSender(ctx.tenant.name, { ...general, webAddress })).address
  return { mailFrom, domain: mailFrom.slice(mailFrom.lastIndexOf('@') + 1).toLowerCase() }
}

export async function showMailDomain(ctx: Reader): Promise<AnswerOf<typeof getMailDomain>> {
  const sender = await senderOf(ctx)
  const row = await findDomain(ctx.db, ctx.organizationId)
  const keys = await findKeys(ctx.db, ctx.organizationId)
  const pattern = row?.return_pattern ?? null
  return {
    ...sender,
    keys: keys.map((key) => viewOf(key, sender.domain, ctx.clock.now())),
    returnPattern: pattern,
    complaintAddress: pattern && addressIn(pattern, COMPLAINT),
    version: row?.version ?? 0,
  }
}

/** @throws Problem MailDomainChangedMeanwhile */
export async function changeReturn(ctx: WriteContext, body: InputOf<typeof setReturnPattern>['body']) {
  const row = {
    organization_id: ctx.organizationId,
    return_pattern: body.returnPattern,
    version: body.version + 1,
    changed_by: ctx.actor.id,
    changed_by_name: ctx.actor.name,
    changed_at: ctx.clock.now(),
  }
  if (!(await putDomain(ctx.tx, row, body.version))) throw mailDomainProblem('MailDomainChangedMeanwhile')
  ctx.audit.detail = { on: body.returnPattern !== null }
  return showMailDomain(ctx)
}

function viewOf(row: MailKeyRow, domain: string, now: Date): MailKeyView {
  const until = row.retired_at && new Date(row.retired_at.getTime() + RECORD_STAYS_DAYS * 86_400_000)
  // One that never signed has left nothing under way.
  const isGone = until !== null && (row.signing_since === null || until <= now)
  const state: KeyState = isGone ? 'gone' : row.state
  return {
    id: row.id as MailKeyView['id'],
    kind: row.kind,
    domain: row.domain,
    selector: row.selector,
    state,
    record: recordOf({ ...row, publicKey: row.public_key }),
    madeAt: row.made_at.toISOString(),
    madeBy: row.made_by_name,
    signingSince: row.signing_since?.toISOString() ?? null,
    recordUntil: state === 'retired' ? until!.toISOString() : null,
    checked: row.checked_at && row.finding ? { at: row.checked_at.toISOString(), finding: row.finding } : null,
    fits: row.domain === domain,
  }
}
