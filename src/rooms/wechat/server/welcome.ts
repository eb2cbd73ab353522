import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { AccountRow } from './account-store.ts'
import { openOf } from './open-account.ts'

/**
 * The first words to a new contact, with the code that the event has brought: once, within 20 seconds of it. What came
 * of it is noted; a courtesy that failed holds up nothing.
 */
export async function welcome(
  house: House,
  tenant: Tenant,
  account: AccountRow,
  { actId, code, receivedAt }: { actId: string; code: string; receivedAt: Date },
): Promise<void> {
  try {
    const { appId, agentId, secret } = openOf({ organizationId: tenant.id, sealer: house.sealer }, account)
    const { contacts } = house.wechat.corp(tenant.id, { corpId: appId, agentId: agentId!, secret })
    const answer = await contacts.welcome({ code, receivedAt, now: house.clock.now(), text: account.welcome })
    const came = answer.kind === 'ok' ? 'ok' : answer.kind === 'unreachable' ? 'unreachable' : answer.refusal
    await write(house, { tenant, actor: systemActor(tenant.id, 'wechat/welcome') }, (ctx) =>
      ctx.tx
        .updateTable('wechat_act')
        .set({ welcome: came })
        .where('organization_id', '=', tenant.id)
        .where('id', '=', actId)
        .execute(),
    )
  } catch (error) {
    house.log.error({ err: error as Error, actId }, 'a new contact in WeCom could not be welcomed')
  }
}
