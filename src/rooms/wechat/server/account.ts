import { newToken } from '../../../platform/auth/token.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { isStandIn } from '../../../platform/stand-in.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import type * as contract from '../contract/account.ts'
import type { WeChatAccountView } from '../contract/account.ts'
import { wechatProblem } from '../contract/problems.ts'
import {
  figuresSince,
  findAccount,
  findAccounts,
  findStaffOf,
  putAccount,
  putStaff,
  type AccountRow,
} from './account-store.ts'
import { openOf } from './open-account.ts'
import { findRefused, staffFiguresSince } from './staff-notice-store.ts'
import { findTemplates } from './template-store.ts'
import { faultOf, templateView } from './template-view.ts'

const FIGURES_DAYS = 30

/** All accounts without their secrets, and how they have been doing. */
export async function showAccounts(ctx: ReadContext): Promise<{ rows: WeChatAccountView[] }> {
  const since = new Date(ctx.clock.now().getTime() - FIGURES_DAYS * 86_400_000)
  const { general } = await settingsOf(ctx)
  const address = `${webAddressOf(general, ctx.publicUrl)}/api/wechat/`
  const figures = new Map((await figuresSince(ctx.db, ctx.organizationId, since)).map((one) => [one.accountId, one]))
  const staff = Map.groupBy(await findStaffOf(ctx.db, ctx.organizationId), ({ accountId }) => accountId)
  const told = await staffFiguresSince(ctx.db, ctx.organizationId, since)
  const refused = new Map(
    (await findRefused(ctx.db, ctx.organizationId)).map(({ accountId, userId, staffId, code }) => [
      `${accountId} ${userId} ${staffId}`,
      code,
    ]),
  )
  const templates = Map.groupBy(await findTemplates(ctx.db, ctx.organizationId), (row) => row.account_id)
  const open = (sealed: Buffer) => ctx.sealer.open(ctx.organizationId, sealed)
  const rows = (await findAccounts(ctx.db, ctx.organizationId)).map((row): WeChatAccountView => {
    const {
      accepted = 0,
      delivered = 0,
      refused: refusedCount = 0,
      inDoubt = 0,
      waiting = 0,
      lastEventAt,
    } = figures.get(row.id) ?? {}
    return {
      id: row.id as never,
      kind: row.kind,
      name: row.name,
      appId: row.app_id,
      agentId: row.agent_id,
      welcome: row.welcome,
      active: row.active,
      version: row.version,
      standIn: isStandIn(row.app_id),
      secretEnd: open(row.secret_sealed).slice(-4),
      encrypted: row.aes_key_sealed !== null,
      callback: address + open(row.callback_sealed),
      lastEventAt: lastEventAt?.toISOString() ?? null,
      fault: faultOf(row),
      changedBy: row.changed_by_name,
      changedAt: row.changed_at.toISOString(),
      staff: (staff.get(row.id) ?? []).map((one) => ({
        ...one,
        staffId: one.staffId as never,
        refused: refused.get(`${row.id} ${one.userId} ${one.staffId}`) ?? null,
      })),
      templates: (templates.get(row.id) ?? []).map(templateView),
      figures: {
        accepted,
        delivered,
        refused: refusedCount,
        inDoubt,
        waiting,
        staffTold: told.get(row.id)?.told ?? 0,
        staffMissed: told.get(row.id)?.missed ?? 0,
      },
    }
  })
  return { rows }
}

async function showOne(ctx: ReadContext, id: string): Promise<WeChatAccountView> {
  return (await showAccounts(ctx)).rows.find((row) => row.id === id)!
}

/** @throws Problem WeChatSecretMissing, WeChatAgentMissing, WeChatAccountTwice */
export async function addAccount(
  ctx: WriteContext,
  { secret, token, aesKey, ...fields }: InputOf<typeof contract.addWeChatAccount>['body'],
): Promise<WeChatAccountView> {
  if (!secret || !token || (fields.kind === 'wecom' && !aesKey)) throw wechatProblem('WeChatSecretMissing')
  if (fields.kind === 'wecom' && fields.agentId === null) throw wechatProblem('WeChatAgentMissing', {}, 'body.agentId')
  if (await findAccount(ctx.tx, ctx.organizationId, { appId: fields.appId }))
    throw wechatProblem('WeChatAccountTwice', {}, 'body.appId')
  const seal = (text: string) => ctx.sealer.seal(ctx.organizationId, text)
  const callback = newToken(ctx.organizationId)
  const id = ctx.ids.next<string>()
  const row: AccountRow = {
    organization_id: ctx.organizationId,
    id,
    kind: fields.kind,
    name: fields.name,
    app_id: fields.appId,
    agent_id: fields.kind === 'wecom' ? fields.agentId : null,
    secret_sealed: seal(secret),
    token_sealed: seal(token),
    aes_key_sealed: aesKey ? seal(aesKey) : null,
    callback_sealed: seal(callback.token),
    callback_hash: callback.hash,
    welcome: fields.kind === 'wecom' ? fields.welcome : '',
    active: fields.active,
    fault_code: null,
    fault_text: null,
    fault_at: null,
    version: 1,
    changed_by: ctx.actor.id,
    changed_by_name: ctx.actor.name,
    changed_at: ctx.clock.now(),
  }
  try {
    await putAccount(ctx.tx, row)
  } catch (error) {
    // Somebody else has entered the same account while we looked.
    if (brokenConstraint(error) !== 'wechat_account_once') throw error
    throw wechatProblem('WeChatAccountTwice', {}, 'body.appId')
  }
  ctx.audit.subjectId = id
  ctx.audit.detail = { kind: fields.kind, active: fields.active }
  return showOne(ctx, id)
}

/** @throws Problem WeChatAccountUnknown, WeChatChangedMeanwhile, WeChatAgentMissing */
export async function changeAccount(
  ctx: WriteContext,
  accountId: string,
  { secret, token, aesKey, version, renewCallback, ...fields }: InputOf<typeof contract.changeWeChatAccount>['body'],
): Promise<WeChatAccountView> {
  const known = await requireAccount(ctx, accountId, { lock: true })
  if (known.version !== version) throw wechatProblem('WeChatChangedMeanwhile')
  if (known.kind === 'wecom' && fields.agentId === null) throw wechatProblem('WeChatAgentMissing', {}, 'body.agentId')
  const seal = (text: string) => ctx.sealer.seal(ctx.organizationId, text)
  const callback = renewCallback ? newToken(ctx.organizationId) : null
  await putAccount(ctx.tx, {
    ...known,
    name: fields.name,
    agent_id: known.kind === 'wecom' ? fields.agentId : null,
    secret_sealed: secret ? seal(secret) : known.secret_sealed,
    token_sealed: token ? seal(token) : known.token_sealed,
    aes_key_sealed: aesKey ? seal(aesKey) : known.aes_key_sealed,
    callback_sealed: callback ? seal(callback.token) : known.callback_sealed,
    callback_hash: callback?.hash ?? known.callback_hash,
    welcome: known.kind === 'wecom' ? fields.welcome : '',
    active: fields.active,
    fault_code: null,
    fault_text: null,
    fault_at: null,
    version: known.version + 1,
    changed_by: ctx.actor.id,
    changed_by_name: ctx.actor.name,
    changed_at: ctx.clock.now(),
  })
  ctx.audit.detail = { kind: known.kind, active: fields.active, newSecret: secret !== '', newCallback: renewCallback }
  return showOne(ctx, accountId)
}

export async function requireAccount(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  accountId: string,
  options: { lock?: boolean } = {},
): Promise<AccountRow> {
  const row = await findAccount(ctx.db, ctx.organizationId, { id: accountId }, options)
  if (!row) throw wechatProblem('WeChatAccountUnknown')
  return row
}

/** Each user id is one person's and each person has one. @throws Problem WeChatAccountUnknown, WeChatNotWeCom, WeChatStaffTwice, WeChatPersonTwice */
export async function setStaff(
  ctx: WriteContext,
  accountId: string,
  { rows }: InputOf<typeof contract.setWeComStaff>['body'],
): Promise<WeChatAccountView> {
  const { kind } = await requireAccount(ctx, accountId, { lock: true })
  if (kind !== 'wecom') throw wechatProblem('WeChatNotWeCom')
  // WeCom does not tell capitals from small letters in them.
  if (new Set(rows.map(({ userId }) => userId.toLowerCase())).size < rows.length)
    throw wechatProblem('WeChatStaffTwice')
  if (new Set(rows.map(({ staffId }) => staffId)).size < rows.length) throw wechatProblem('WeChatPersonTwice')
  await putStaff(ctx.tx, ctx.organizationId, accountId, rows)
  ctx.audit.detail = { staff: rows.length }
  return showOne(ctx, accountId)
}

/** Whether the platform knows the account: a token is asked for and thrown away. @throws Problem WeChatAccountUnknown */
export async function checkAccount(
  ctx: ReadContext,
  house: House,
  accountId: string,
): Promise<{ ok: boolean; code: string; text: string }> {
  const row = await requireAccount(ctx, accountId)
  const { appId, secret, agentId } = openOf(ctx, row)
  const answer =
    row.kind === 'wecom'
      ? await house.wechat.tryCorp({ corpId: appId, agentId: agentId!, secret })
      : await house.wechat.tryAccount({ appId, secret })
  ctx.audit.detail = { answer: answer.kind }
  if (answer.kind === 'ok') return { ok: true, code: '', text: '' }
  return { ok: false, code: answer.kind === 'refused' ? String(answer.code) : answer.kind, text: answer.text }
}
