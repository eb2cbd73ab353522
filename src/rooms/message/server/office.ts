import type { ReadContext } from '../../../platform/context/context.ts'
import { mailSender, outsideAddressOf, settingsOf } from '../../organization/server/index.ts'
import { smsAccountOf } from '../../sms/server/index.ts'
import type { Sender } from './rules/compose.ts'
import type { WeChatWays } from '../../wechat/server/index.ts'
import type { SmsSender } from './rules/compose-sms.ts'
import { readSendRules, type SendRules } from './rule.ts'
import { expiredTemplates } from './templates.ts'
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
  /** The organization's own, else that of the house; empty while neither can be reached from another machine. */
  webAddress: string
  rules: SendRules
  mailsPerMinute: number
  /** Templates past their day: what is still planned of them ends with that reason. */
  expiredTemplates: ReadonlySet<string>
  /** By which account short messages go; null while there is none. */
  sms: SmsSender | null
  /** What can be sent by WeChat and WeCom; read where a batch holds such messages. */
  wechat?: WeChatWays
}

export async function readOffice(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'publicUrl' | 'today'>,
): Promise<Office> {
  const { general } = await settingsOf(ctx)
  const row = await ctx.db
    .selectFrom('organization')
    .select(['slug', 'name', 'phone'])
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow()
  const webAddress = outsideAddressOf(general, ctx.publicUrl)
  return {
    from: {
      name: row.name,
      phone: row.phone ?? '',
      link: webAddress ? webAddress + PATIENT_PAGES : '',
      web: webAddress,
    },
    mailFrom: mailSender(row.name, { ...general, webAddress }),
    idHost: `${row.slug}.peiban`,
    webAddress,
    rules: await readSendRules(ctx, general),
    mailsPerMinute: general.messageLimits.mailsPerMinute,
    expiredTemplates: await expiredTemplates(ctx),
    sms: (await smsAccountOf(ctx)) ?? null,
  }
}
