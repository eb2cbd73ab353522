import { z } from 'zod'
import { hashToken } from '../../../platform/auth/token.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { work, type Call } from '../../../platform/context/room.ts'
import { job, locale, type Locale } from '../../../platform/contract/index.ts'
import { mailSender, settingsOf } from '../../organization/server/index.ts'

const sendInvitation = job(
  'staff/send-invitation',
  z.object({
    staffId: z.string(),
    purpose: z.enum(['invite', 'reset']),
    locale,
    /** The link, sealed: jobs are kept for a while, and whoever reads them must not be able to use it. */
    sealedLink: z.string(),
    expiresAt: z.string(),
  }),
)

interface Invited {
  id: string
  name: string
  login: string
  email: string | null
  locale: Locale
}

/** Has the link mailed after the commit, if the person has an address and mail goes out at all. @returns whether it is */
export async function mailInvitation(
  ctx: WriteContext,
  staff: Invited,
  invitation: { token: string; expiresAt: Date; purpose: 'invite' | 'reset' },
  call: Call,
): Promise<boolean> {
  const base = (await settingsOf(ctx)).general.webAddress || String(call.headers['origin'] ?? '')
  if (!staff.email || !base || call.house.mail.kind === 'outbox') return false
  const link = `${base.replace(/\/+$/, '')}/invitation#${invitation.token}`
  await ctx.enqueue(sendInvitation, {
    staffId: staff.id,
    purpose: invitation.purpose,
    locale: staff.locale,
    sealedLink: ctx.sealer.seal(ctx.organizationId, link).toString('base64'),
    expiresAt: invitation.expiresAt.toISOString(),
  })
  return true
}

export const sendInvitationJob = work(sendInvitation, async (house, organizationId, payload) => {
  const db = house.databases.of(organizationId)
  const staff = await db
    .selectFrom('staff')
    .select(['name', 'login', 'email', 'state'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', payload.staffId)
    .executeTakeFirst()
  // Whoever was disabled meanwhile, or whose link has run out, gets no mail.
  if (!staff?.email || staff.state === 'disabled' || new Date(payload.expiresAt) <= house.clock.now()) return
  const link = house.sealer.open(organizationId, Buffer.from(payload.sealedLink, 'base64'))
  const outcome = await house.mail.send(await compose(house, organizationId, staff as typeof staff & { email: string }, payload, link))
  if (outcome.kind === 'deferred') throw new Error(`invitation mail deferred: ${outcome.reply}`)
  if (outcome.kind === 'rejected') house.log.warn({ reply: outcome.reply, staffId: payload.staffId }, 'invitation mail rejected')
})

async function compose(
  house: House,
  organizationId: string,
  staff: { name: string; login: string; email: string },
  payload: z.output<typeof sendInvitation.payload>,
  link: string,
) {
  const tenant = await house.tenant(organizationId)
  const { general } = await settingsOf({ db: house.databases.of(organizationId), organizationId })
  const until = new Intl.DateTimeFormat(payload.locale, { dateStyle: 'long', timeStyle: 'short', timeZone: tenant.timeZone }).format(
    new Date(payload.expiresAt),
  )
  const values = { name: staff.name, login: staff.login, organization: tenant.name, link, until }
  const text = (part: string) => house.translate(payload.locale, 'staff', `mail.${payload.purpose}.${part}`, values)
  const from = mailSender(tenant.name, general)
  const host = /@([^>]+)>$/.exec(from)?.[1] ?? 'localhost'
  const messageId = `<${payload.purpose}.${hashToken(link).toString('hex').slice(0, 32)}@${host}>`
  return { from, to: staff.email, subject: text('subject'), text: text('text'), messageId }
}
