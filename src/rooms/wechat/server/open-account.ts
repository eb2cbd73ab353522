import type { ReadContext } from '../../../platform/context/context.ts'
import type { WeChatKind } from '../contract/words.ts'
import { findAccount, type AccountRow } from './account-store.ts'

/** An account with its secret, for calls alone. */
export interface OpenAccount {
  id: string
  kind: WeChatKind
  name: string
  appId: string
  agentId: number | null
  secret: string
  active: boolean
}

export function openOf(ctx: Pick<ReadContext, 'organizationId' | 'sealer'>, row: AccountRow): OpenAccount {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    appId: row.app_id,
    agentId: row.agent_id,
    secret: ctx.sealer.open(ctx.organizationId, row.secret_sealed),
    active: row.active,
  }
}

/** `wechat:<appid>` or `wecom:<corpid>`, as the ledger of rights calls an account. */
export function appOf({ kind, app_id: appId }: Pick<AccountRow, 'kind' | 'app_id'>): string {
  return `${kind === 'wecom' ? 'wecom' : 'wechat'}:${appId}`
}

/** Undefined where there is none, or it is off. */
export async function openAccount(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'sealer'>,
  app: string,
): Promise<OpenAccount | undefined> {
  const row = await findAccount(ctx.db, ctx.organizationId, { appId: app.replace(/^we(chat|com):/, '') })
  return row?.active && appOf(row) === app ? openOf(ctx, row) : undefined
}
