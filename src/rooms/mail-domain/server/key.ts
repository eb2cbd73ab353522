import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { TxtLookup } from '../../../platform/mail/txt-lookup.ts'
import { mailDomainProblem } from '../contract/problems.ts'
import type { KeyFinding, KeyKind } from '../contract/words.ts'
import { senderOf, showMailDomain } from './mail-domain.ts'
import { findingOf, freshKey, nextSelector, recordOf } from './rules/key-record.ts'
import { changeKey, findKeys, insertKey, lockKeys, type MailKeyRow } from './store.ts'

/** @throws Problem MailDomainUnknown while the sender's address is of no domain, MailKeyWaiting beside one not yet in use */
export async function makeKey(ctx: WriteContext, kind: KeyKind) {
  const { domain } = await senderOf(ctx)
  if (!domain.includes('.') || /^[\d.]+$/.test(domain)) throw mailDomainProblem('MailDomainUnknown')
  const known = await findKeys(ctx.db, ctx.organizationId)
  const selector = nextSelector(
    ctx.today,
    known.map((key) => key.selector),
  )
  const { privatePem, publicKey } = await freshKey(kind)
  const id = ctx.ids.next()
  const added = await insertKey(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    kind,
    domain,
    selector,
    public_key: publicKey,
    private_sealed: ctx.sealer.seal(ctx.organizationId, privatePem),
    state: 'made',
    made_by: ctx.actor.id,
    made_by_name: ctx.actor.name,
    made_at: ctx.clock.now(),
    signing_since: null,
    retired_at: null,
    checked_at: null,
    finding: null,
  })
  if (!added) throw mailDomainProblem('MailKeyWaiting')
  ctx.audit.subjectId = id
  ctx.audit.detail = { kind, domain, selector }
  return showMailDomain(ctx)
}

export async function checkKey(ctx: WriteContext, id: string, lookup: TxtLookup) {
  const { key } = await keyOf(ctx, id)
  ctx.audit.detail = { finding: await look(ctx, key, lookup) }
  return showMailDomain(ctx)
}

/**
 * @returns Problem MailKeyUnpublished, with what was found kept: what nobody can check is worse than no signature
 * @throws Problem MailKeyOver, MailKeyOfOtherDomain
 */
export async function useKey(ctx: WriteContext, id: string, lookup: TxtLookup) {
  const { key, keys } = await keyOf(ctx, id)
  if (key.state === 'retired') throw mailDomainProblem('MailKeyOver')
  if (key.state === 'signing') return showMailDomain(ctx)
  const { domain } = await senderOf(ctx)
  if (key.domain !== domain) throw mailDomainProblem('MailKeyOfOtherDomain', { domain })
  if ((await look(ctx, key, lookup)) !== 'published') return mailDomainProblem('MailKeyUnpublished')
  const former = keys.find((other) => other.state === 'signing' && other.kind === key.kind)
  if (former) await retire(ctx, former)
  await changeKey(ctx.tx, ctx.organizationId, id, { state: 'signing', signing_since: ctx.clock.now() })
  ctx.audit.detail = { kind: key.kind, selector: key.selector, ...(former ? { in_place_of: former.selector } : {}) }
  return showMailDomain(ctx)
}

/** @throws Problem MailKeyOver */
export async function retireKey(ctx: WriteContext, id: string) {
  const { key } = await keyOf(ctx, id)
  if (key.state === 'retired') throw mailDomainProblem('MailKeyOver')
  await retire(ctx, key)
  ctx.audit.detail = { kind: key.kind, selector: key.selector }
  return showMailDomain(ctx)
}

const retire = (ctx: WriteContext, { id }: MailKeyRow): Promise<void> =>
  changeKey(ctx.tx, ctx.organizationId, id, { state: 'retired', private_sealed: null, retired_at: ctx.clock.now() })

/** @throws Problem NotFound */
async function keyOf(ctx: WriteContext, id: string): Promise<{ key: MailKeyRow; keys: MailKeyRow[] }> {
  const keys = await lockKeys(ctx.tx, ctx.organizationId)
  const key = keys.find((one) => one.id === id)
  if (!key) throw platformProblem('NotFound')
  return { key, keys }
}

async function look(ctx: WriteContext, key: MailKeyRow, lookup: TxtLookup): Promise<KeyFinding> {
  const { kind, public_key: publicKey } = key
  const found = await lookup(recordOf({ ...key, publicKey }).name)
  const finding = found === 'unreachable' ? found : findingOf({ kind, publicKey }, found)
  await changeKey(ctx.tx, ctx.organizationId, key.id, { checked_at: ctx.clock.now(), finding })
  return finding
}
