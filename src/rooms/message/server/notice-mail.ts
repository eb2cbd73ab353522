import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { mailWayOf } from '../../mail-domain/server/index.ts'
import { findStaff, type StaffSummary } from '../../staff/server/index.ts'
import { claimNoticeMails, deleteOldNotices, settleNoticeMail, type NoticeRow } from './notice-store.ts'
import { mayHandOver } from './fence.ts'
import { readOffice, type Office } from './office.ts'
import type { Content } from './rules/compose.ts'
import { mailDocument } from './rules/mail-document.ts'
import { mailSettledOf } from './rules/mail-outcome.ts'
import { LEASE_MS } from './sender.ts'

const BATCH = 20
const KEPT_DAYS = 180

/** Sends the mails that go with notices to staff, by the same rules as those to patients: claimed first, settled after. */
export async function sendNoticeMails(house: House, tenant: Tenant): Promise<number> {
  const now = house.clock.now()
  // Of a ledger that was restored nobody knows which of these went out; that it was is what has to be told.
  const only = (await mayHandOver(house, tenant)) ? null : 'sending-restored'
  const { claimed, office } = await write(
    house,
    { tenant, actor: systemActor(tenant.id, 'message/notices') },
    async (ctx) => ({
      claimed: await claimNoticeMails(ctx.tx, tenant.id, now, new Date(now.getTime() + LEASE_MS), BATCH, only),
      office: await readOffice(ctx),
    }),
  )
  await Promise.all(claimed.map((notice) => sendOne(house, tenant, office, notice)))
  return claimed.length
}

async function sendOne(house: House, tenant: Tenant, office: Office, notice: NoticeRow): Promise<void> {
  const db = house.databases.of(tenant.id)
  const staff = await findStaff({ db, organizationId: tenant.id }, notice.staff_id)
  const settle = (state: 'planned' | 'accepted' | 'failed', reply: string, nextAt: Date | null = null) =>
    settleNoticeMail(db, tenant.id, { id: notice.id, attempt: notice.mail_attempts, state, reply, nextAt })
  if (!staff?.email || staff.state === 'disabled') return settle('failed', 'nobody to write to')
  const content = contentOf(house, tenant, office, notice, staff)
  const mail = {
    from: office.mailFrom,
    to: staff.email,
    ...content,
    messageId: `<${notice.id}@${office.idHost}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
  const way = await mailWayOf(house, tenant)
  const outcome = await house.mail.send(mail, way(null))
  const tried = { id: notice.id, attempt: notice.mail_attempts }
  const { state, nextAt } = mailSettledOf(tried, outcome, staff.email, house.clock.now())
  return settle(state === 'deferred' ? 'planned' : state, outcome.reply, nextAt)
}

/** What goes by mail: the kind and the count, never the title of a task, since that may tell of a patient. */
function contentOf(house: House, tenant: Tenant, office: Office, notice: NoticeRow, staff: StaffSummary): Content {
  if (notice.mail_sealed) return JSON.parse(house.sealer.open(tenant.id, notice.mail_sealed)) as Content
  const { title: _title, ...values } = notice.values as Record<string, string | number | null>
  const word = (part: string) =>
    house.translate(staff.locale, 'message', `notice.${notice.kind}.${part}`, { ...values, title: '' })
  const [subject, text] = [word('mailSubject'), word('mailText')]
  const link = office.webAddress ? office.webAddress + (notice.link ?? '/') : ''
  const label = house.translate(staff.locale, 'message', 'notice.open')
  return {
    subject,
    text: link ? `${text}\n\n${link}` : text,
    html: mailDocument({
      locale: staff.locale,
      subject,
      organization: tenant.name,
      text,
      own: null,
      button: link ? { label, link } : null,
      footer: [],
      stop: null,
    }),
  }
}

/** Notices of half a year ago are of no use any more. */
export async function forgetNotices(house: House, tenant: Tenant): Promise<void> {
  await deleteOldNotices(
    house.databases.of(tenant.id),
    tenant.id,
    new Date(house.clock.now().getTime() - KEPT_DAYS * 86_400_000),
  )
}
