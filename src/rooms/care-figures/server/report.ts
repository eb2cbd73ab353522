import { addDays, dateIn } from '../../../platform/clock.ts'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { countAll } from './figures.ts'
import { linesOf } from './rules/lines.ts'
import { spanOf } from './span.ts'
import { hasReport, insertReport } from './store.ts'

/** What took place late in a month is often entered in the first days of the next. */
const REST_DAYS = 5

/**
 * The report of the month that is over: counted once, as it then stood, and told to whoever answers for the figures.
 * @returns whether it was made now
 */
export async function makeReport(
  house: House,
  tenant: Tenant,
  today = dateIn(house.clock.now(), tenant.timeZone),
): Promise<boolean> {
  const until = addDays(`${addDays(today, -REST_DAYS).slice(0, 7)}-01`, -1)
  const month = `${until.slice(0, 7)}-01`
  if (await hasReport(house.databases.of(tenant.id), tenant.id, month)) return false
  return write(house, { tenant, actor: systemActor(tenant.id, 'care-figures/report') }, async (ctx) => {
    const { pathways, total, board } = await countAll(ctx, spanOf(tenant, month, until), false)
    const lines = [
      ...linesOf('', { ...total, adherence: board.adherence, referral: board.referral }),
      ...pathways.flatMap(({ protocol, figures }) => linesOf(protocol, figures)),
    ].filter(({ n }) => n > 0)
    if (lines.length === 0) return false
    if (!(await insertReport(ctx.tx, tenant.id, month, lines, ctx.clock.now()))) return false
    for (const { id } of await staffInRole(ctx, 'quality-lead'))
      await notifyStaff(ctx, id, {
        kind: 'care-report',
        values: { month: month.slice(0, 7) },
        link: '/care-figures?tab=reports',
        sourceKey: `care-report:${month}`,
      })
    return true
  })
}
