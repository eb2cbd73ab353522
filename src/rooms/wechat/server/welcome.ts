import { setTimeout } from 'node:timers/promises'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { AccountRow } from './account-store.ts'
import { openOf } from './open-account.ts'
import { noteAccountFault } from './outcome.ts'

/** A platform that is busy is asked again after so many milliseconds each: the 20 seconds do not wait for it. */
const BUSY_PAUSES_MS = [500, 1500, 4000]

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
    const say = () => contacts.welcome({ code, receivedAt, now: house.clock.now(), text: account.welcome })
    let answer = await say()
    for (const pause of BUSY_PAUSES_MS) {
      // A refusal has not used the code up; where no answer came, it may have been said.
      if (answer.kind !== 'refused' || answer.refusal !== 'busy') break
      await setTimeout(pause)
      answer = await say()
    }
    const came = answer.kind === 'ok' ? 'ok' : answer.kind === 'unreachable' ? 'unreachable' : answer.refusal
    await write(house, { tenant, actor: systemActor(tenant.id, 'wechat/welcome') }, async (ctx) => {
      await ctx.tx
        .updateTable('wechat_act')
        .set({ welcome: came })
        .where('organization_id', '=', tenant.id)
        .where('id', '=', actId)
        .execute()
      if (answer.kind !== 'ok') await noteAccountFault(ctx, account.id, answer)
    })
  } catch (error) {
    house.log.error({ err: error as Error, actId }, 'a new contact in WeCom could not be welcomed')
  }
}
