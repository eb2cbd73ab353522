import type { Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { isStandIn } from '../../../platform/stand-in.ts'
import { findAccounts } from './account-store.ts'
import { appOf, openOf } from './open-account.ts'

/** The service account by which pages learn who opens them. */
export interface WeChatDoorman {
  app: string
  /** Where a visitor is sent; they come back to `returnTo` with `code` and `state`. */
  authorizeUrl(returnTo: string, state: string): string
  /** Undefined: the code is spent, or the visitor looks at a snapshot, whose openid leads to nobody. */
  openIdOf(code: string): Promise<string | undefined>
}

/** Undefined while the organization has no service account that is on. */
export async function wechatDoorman(house: House, tenant: Tenant): Promise<WeChatDoorman | undefined> {
  const rows = await findAccounts(house.databases.of(tenant.id), tenant.id)
  // A stand-in keeps no door: a phone would be sent to a page of WeChat's that knows no such account.
  const row = rows.find(({ kind, active, app_id: appId }) => kind === 'service' && active && !isStandIn(appId))
  if (!row) return undefined
  const { appId, secret } = openOf({ organizationId: tenant.id, sealer: house.sealer }, row)
  const client = house.wechat.service(tenant.id, { appId, secret })
  return {
    app: appOf(row),
    authorizeUrl: (returnTo, state) => client.authorizeUrl({ returnTo, state }),
    openIdOf: async (code) => {
      const answer = await client.openIdOf(code)
      return answer.kind === 'ok' && !answer.value.isSnapshot ? answer.value.openId : undefined
    },
  }
}
