import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { newToken } from '../../../platform/auth/token.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import type { SmsAccount } from '../../../platform/sms/provider.ts'
import { checkTemplate, variablesOf, type SmsTemplate } from '../../../platform/sms/template.ts'
import { isStandIn } from '../../../platform/stand-in.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import type { AccountView, getSmsAccount, setSmsAccount } from '../contract/account.ts'
import { smsProblem } from '../contract/problems.ts'
import { figuresSince, findAccount, putAccount, type AccountRow } from './account-store.ts'

const FIGURES_DAYS = 30

/** The account without its secret, and how it has been doing. */
export async function showAccount(ctx: ReadContext): Promise<AnswerOf<typeof getSmsAccount>> {
  const row = await findAccount(ctx.db, ctx.organizationId)
  const since = new Date(ctx.clock.now().getTime() - FIGURES_DAYS * 86_400_000)
  return {
    account: row ? await viewOf(ctx, row) : null,
    figures: await figuresSince(ctx.db, ctx.organizationId, since),
  }
}

/** @throws Problem SmsAccountChangedMeanwhile, SmsSecretMissing, SmsAppIdMissing */
export async function changeAccount(
  ctx: WriteContext,
  { keySecret, version, renewCallbacks, ...fields }: InputOf<typeof setSmsAccount>['body'],
): Promise<AccountView> {
  const known = await findAccount(ctx.tx, ctx.organizationId, { lock: true })
  if ((known?.version ?? null) !== version) throw smsProblem('SmsAccountChangedMeanwhile', {})
  if (!keySecret && (!known || known.provider !== fields.provider))
    throw smsProblem('SmsSecretMissing', {}, 'body.keySecret')
  if (fields.provider === 'tencent' && !fields.appId) throw smsProblem('SmsAppIdMissing', {}, 'body.appId')
  if (!isCodeTemplate(fields)) throw smsProblem('SmsCodeTemplateUnfit', {}, 'body.codeText')
  const fresh = known && !renewCallbacks ? null : newToken(ctx.organizationId)
  const row: AccountRow = {
    organization_id: ctx.organizationId,
    provider: fields.provider,
    key_id: fields.keyId,
    key_secret_sealed: keySecret ? ctx.sealer.seal(ctx.organizationId, keySecret) : known!.key_secret_sealed,
    app_id: fields.appId,
    region: fields.region,
    sign_name: fields.signName,
    promotion_sign_name: fields.promotionSignName,
    code_template: fields.codeTemplate,
    code_text: fields.codeText,
    active: fields.active,
    callback_sealed: fresh ? ctx.sealer.seal(ctx.organizationId, fresh.token) : known!.callback_sealed,
    callback_hash: fresh?.hash ?? known!.callback_hash,
    version: (known?.version ?? 0) + 1,
    changed_by: ctx.actor.id,
    changed_by_name: ctx.actor.name,
    changed_at: ctx.clock.now(),
  }
  await putAccount(ctx.tx, row)
  const { provider, active } = fields
  ctx.audit.detail = { provider, active, newSecret: keySecret !== '', newCallbacks: fresh !== null }
  return viewOf(ctx, row)
}

async function viewOf(ctx: ReadContext, row: AccountRow): Promise<AccountView> {
  const open = (sealed: Buffer) => ctx.sealer.open(row.organization_id, sealed)
  const { general } = await settingsOf(ctx)
  const callback = `${webAddressOf(general, ctx.publicUrl)}/api/sms/${open(row.callback_sealed)}`
  return {
    provider: row.provider,
    keyId: row.key_id,
    appId: row.app_id,
    region: row.region,
    signName: row.sign_name,
    promotionSignName: row.promotion_sign_name,
    codeTemplate: row.code_template,
    codeText: row.code_text,
    active: row.active,
    version: row.version,
    standIn: isStandIn(row.key_id),
    secretEnd: open(row.key_secret_sealed).slice(-4),
    callbacks: { receipts: `${callback}/receipts`, replies: `${callback}/replies` },
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
  }
}

/** Both or neither; and one variable, since a code is all that such a message may bring. */
function isCodeTemplate({
  provider,
  codeTemplate,
  codeText,
}: Pick<InputOf<typeof setSmsAccount>['body'], 'provider' | 'codeTemplate' | 'codeText'>): boolean {
  if (!codeTemplate && !codeText) return true
  const template = { provider, code: codeTemplate, kind: 'code' as const, text: codeText }
  return Boolean(codeTemplate && codeText) && variablesOf(template).length === 1 && checkTemplate(template).length === 0
}

/** The template for codes; undefined while there is none, or the account is off. */
export async function codeTemplateOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
): Promise<SmsTemplate | undefined> {
  const row = await findAccount(ctx.db, ctx.organizationId)
  if (!row?.active || !row.code_template) return undefined
  return { provider: row.provider, code: row.code_template, kind: 'code', text: row.code_text }
}

/** What sending needs of the account. */
export interface OpenAccount extends SmsAccount {
  signName: string
  promotionSignName: string
}

/** The account with its secret, for sending only; undefined while there is none or it is off. */
export async function openAccount(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'sealer'>,
): Promise<OpenAccount | undefined> {
  const row = await findAccount(ctx.db, ctx.organizationId)
  if (!row?.active) return undefined
  return {
    provider: row.provider,
    keyId: row.key_id,
    keySecret: ctx.sealer.open(ctx.organizationId, row.key_secret_sealed),
    appId: row.app_id,
    region: row.region,
    signName: row.sign_name,
    promotionSignName: row.promotion_sign_name || row.sign_name,
  }
}

/** By which account short messages go, for checks of templates; undefined while there is none. */
export async function smsAccountOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
): Promise<Pick<AccountView, 'provider' | 'signName' | 'promotionSignName' | 'active' | 'standIn'> | undefined> {
  const row = await findAccount(ctx.db, ctx.organizationId)
  if (!row) return undefined
  const { provider, sign_name: signName, promotion_sign_name: promotion, active } = row
  return { provider, signName, promotionSignName: promotion || signName, active, standIn: isStandIn(row.key_id) }
}
