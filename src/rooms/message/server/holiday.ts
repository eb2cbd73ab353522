import { systemActor, type ReadContext, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { staffInRole } from '../../staff/server/index.ts'
import type { HolidayDay } from '../contract/holiday.ts'
import { messageProblem } from '../contract/problems.ts'
import { findHolidayYears, putHolidayYear, wakeForTable } from './holiday-store.ts'
import { notifyStaff } from './notice.ts'
import { readHolidayFile } from './rules/holiday-file.ts'
import { yearsNeeded } from './rules/send-window.ts'
import { isWholeYear, SEED_SOURCE, shippedHolidays } from './shipped-holidays.ts'

/** What is known from last year on; older years decide nothing any more. */
export async function listHolidays(ctx: ReadContext) {
  const own = await findHolidayYears(ctx.db, ctx.organizationId)
  const since = Number(ctx.today.slice(0, 4)) - 1
  const known = new Set(own.map(({ year }) => year))
  const years = [
    ...own.map(({ imported_by_name, imported_at, ...row }) => ({
      ...row,
      origin: 'organization' as const,
      by: imported_by_name,
      at: imported_at.toISOString(),
    })),
    ...[...shippedHolidays]
      .filter(([year]) => !known.has(year))
      .map(([year, days]) => ({
        year,
        days: [...days],
        origin: 'shipped' as const,
        source: SEED_SOURCE,
        by: null,
        at: null,
      })),
  ]
  return {
    years: years.filter(({ year }) => year >= since).toSorted((a, b) => b.year - a.year),
    missing: yearsNeeded(ctx.today).filter((year) => !years.some((one) => one.year === year)),
    can: { write: ctx.actor.permissions.has('message.rule.write') },
  }
}

/** The years that are missing now, for the alarm. */
export async function missingYears(ctx: Pick<ReadContext, 'db' | 'organizationId' | 'today'>): Promise<number[]> {
  const own = await findHolidayYears(ctx.db, ctx.organizationId)
  const known = new Set([...own.map(({ year }) => year), ...shippedHolidays.keys()])
  return yearsNeeded(ctx.today).filter((year) => !known.has(year))
}

/**
 * Reads a table in, each of its years whole: a file that ends in spring would make autumn a time without days off.
 * @throws Problem HolidayFileUnfit, HolidayYearUnfit
 */
export async function importHolidays(
  ctx: WriteContext,
  { text, source, trial }: { text: string; source: string; trial: boolean },
) {
  const read = readHolidayFile(text)
  if ('unreadable' in read) throw messageProblem('HolidayFileUnfit', { line: read.unreadable }, 'body.text')
  if (read.length === 0) throw messageProblem('HolidayFileUnfit', { line: 1 }, 'body.text')
  const years = [...Map.groupBy(read, ({ day }) => Number(day.slice(0, 4)))]
  // The last days of December come in the table of the year whose New Year they belong to; alone they are no year.
  const whole = years.filter(([year, days]) => isWholeYear(year, days))
  const unfit = years.find(([year, days]) => !isWholeYear(year, days) && !isTurnOfYear(year, days))
  if (unfit || whole.length === 0)
    throw messageProblem('HolidayYearUnfit', { year: (unfit ?? years[0]!)[0] }, 'body.text')
  const count = (days: readonly HolidayDay[], kind: HolidayDay['kind']) =>
    days.filter((day) => day.kind === kind).length
  const answer = whole.map(([year, days]) => ({ year, off: count(days, 'off'), work: count(days, 'work') }))
  ctx.audit.detail = { years: answer.map(({ year }) => year), trial }
  if (trial) return { years: answer }
  for (const [year, days] of whole) await putHolidayYear(ctx, { year, source, days })
  await wakeForTable(ctx)
  return { years: answer }
}

function isTurnOfYear(year: number, days: readonly HolidayDay[]): boolean {
  return days.every(({ day }) => day >= `${year}-12-25` || day <= `${year}-01-05`)
}

/** Tells those who set the rules, once a week, that a year is missing: promotion stands still until somebody reads it in. */
export async function alarmOfMissingYears(house: House, tenant: Tenant): Promise<number[]> {
  const today = house.clock.today(tenant.timeZone)
  const missing = await missingYears({ db: house.databases.of(tenant.id), organizationId: tenant.id, today })
  if (missing.length === 0) return missing
  await write(house, { tenant, actor: systemActor(tenant.id, 'message/holidays') }, async (ctx) => {
    const week = Math.floor(ctx.clock.now().getTime() / (7 * 86_400_000))
    for (const staff of await staffInRole(ctx, 'quality-lead'))
      await notifyStaff(ctx, staff.id, {
        kind: 'holidays-missing',
        values: { years: missing.join('、') },
        link: '/message-rules?tab=holidays',
        sourceKey: `holidays-missing:${missing.join('-')}:${week}`,
      })
  })
  return missing
}
