import { addDays } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { sendMessages } from '../../message/server/index.ts'
import { TOLD_DAYS } from '../contract/words.ts'
import { agreedOf, momentOf } from './family.ts'
import { isOwnAgeNear, ownAgeOn, stateOf } from './rules.ts'
import { findTurning } from './store.ts'

/**
 * Tells beforehand that what a guardian has agreed to ends on the child's 14th birthday: the guardian reads it now, the young
 * person finds it in their own pages. Once for each day that it falls on, however often it is looked.
 */
export function tellBeforeOwnAge(house: House, tenant: Tenant): Promise<void> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'family/before-own-age') }, tellDue)
}

export async function tellDue(ctx: WriteContext): Promise<void> {
  const moment = momentOf(ctx)
  const until = addDays(ctx.today, TOLD_DAYS)
  const span = { years: GUARDIAN_UNDER_YEARS, from: ctx.today, until }
  const due = (await findTurning(ctx.db, ctx.organizationId, span)).flatMap((row) => {
    const on = ownAgeOn(agreedOf(row), moment.timeZone)
    const stands = ['active', 'invited'].includes(stateOf(agreedOf(row), moment))
    return stands && on && isOwnAgeNear(on, ctx.today) ? [{ row, on }] : []
  })
  const byPerson = Map.groupBy(due, ({ row }) => row.patient_id)
  await sendMessages(
    ctx,
    [...byPerson].map(([patientId, those]) => ({
      patientId,
      template: 'family-own-age',
      touch: `own-age:${those[0]!.on}`,
      values: { who: those.map(({ row }) => row.name).join('、'), ...dayOf(those[0]!.on) },
      source: 'family',
      sourceKey: patientId,
    })),
  )
}

function dayOf(on: string): { day: string; dayEn: string } {
  const say = (locale: string) =>
    new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${on}T00:00:00Z`),
    )
  return { day: say('zh-CN'), dayEn: say('en-GB') }
}
