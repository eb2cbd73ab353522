import type { ReadContext } from '../../../platform/context/context.ts'
import { mailSender, settingsOf } from '../../organization/server/index.ts'
import type { Sender } from './rules/compose.ts'
import type { Hours } from './rules/quiet-hours.ts'
import '../../organization/server/table.ts'

/** Where patients' own pages begin below the organization's web address. */
const PATIENT_PAGES = '/my'

/** What sending needs to know of the organization. */
export interface Office {
  from: Sender
  /** `"和康体检中心" <no-reply@…>` */
  mailFrom: string
  /** The right side of Message-IDs. */
  idHost: string
  /** Empty while nobody has set it. */
  webAddress: string
  hours: Hours
  perDay: number
  perWeek: number
  mailsPerMinute: number
}

export async function readOffice(ctx: Pick<ReadContext, 'db' | 'organizationId' | 'tenant'>): Promise<Office> {
  const { general } = await settingsOf(ctx)
  const row = await ctx.db
    .selectFrom('organization')
    .select(['slug', 'name', 'phone'])
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow()
  const webAddress = general.webAddress.replace(/\/+$/, '')
  return {
    from: { name: row.name, phone: row.phone ?? '', link: webAddress ? webAddress + PATIENT_PAGES : '' },
    mailFrom: mailSender(row.name, general),
    idHost: `${row.slug}.peiban`,
    webAddress,
    hours: general.messageHours,
    perDay: general.messageLimits.perPatientPerDay,
    perWeek: general.messageLimits.perPatientPerWeek,
    mailsPerMinute: general.messageLimits.mailsPerMinute,
  }
}
