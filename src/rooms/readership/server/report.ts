import { addDays, dateIn, instantAt } from '../../../platform/clock.ts'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { countReading, insertReport } from './store.ts'

/** Those whose work the report is about, and who answers for it. */
const TOLD = ['content-editor', 'quality-lead'] as const

/**
 * The report of the month that is over: made once, as it then stood, and told to those it is for. Two days are left for
 * mails that are opened late.
 * @returns whether it was made now
 */
export async function makeReport(
  house: House,
  tenant: Tenant,
  today = dateIn(house.clock.now(), tenant.timeZone),
): Promise<boolean> {
  const settled = addDays(today, -REST_DAYS)
  const next = `${settled.slice(0, 7)}-01`
  const month = `${addDays(next, -1).slice(0, 7)}-01`
  const at = (day: string) => instantAt(day, 0, tenant.timeZone)
  return write(house, { tenant, actor: systemActor(tenant.id, 'readership/report') }, async (ctx) => {
    const lines = await countReading(ctx.tx, tenant.id, at(month), at(next))
    if (lines.length === 0 || !(await insertReport(ctx.tx, tenant.id, month, lines, ctx.clock.now()))) return false
    const staff = (await Promise.all(TOLD.map((role) => staffInRole(ctx, role)))).flat()
    for (const { id } of staff)
      await notifyStaff(ctx, id, {
        kind: 'reading-report',
        values: { month: month.slice(0, 7) },
        link: '/reading-figures?tab=reports',
        sourceKey: `reading-report:${month}`,
      })
    return true
  })
}

const REST_DAYS = 2
