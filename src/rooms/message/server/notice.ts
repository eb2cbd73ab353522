import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Translator } from '../../../platform/i18n/translator.ts'
import { findStaff } from '../../staff/server/index.ts'
import type { StaffTopic } from '../../wechat/contract/staff-notice.ts'
import { dropStaffNotices, planStaffNotice } from '../../wechat/server/index.ts'
import { countUnread, findNotices, insertNotice, markRead } from './notice-store.ts'

export interface NewNotice {
  /** The words stand in the locales under `notice.<kind>`. */
  kind: string
  /** Fills the words; `title` may tell of a patient and therefore stays out of mails. */
  values?: Record<string, string | number | null>
  /** An address of the staff web. */
  link?: string
  /** The same key is told once per person. */
  sourceKey: string
  /** Also by mail, if the person has an address (default). A mail names no patient. */
  mail?: boolean
  /** A mail with words of its own: subject, text and HTML. */
  content?: { subject: string; text: string; html: string }
}

/** What is also told in WeCom, to whoever wants it there: without the title, which may tell of a patient. */
const IN_WECOM: Readonly<Record<string, StaffTopic>> = {
  'task-digest': 'digest',
  'task-reminder': 'reminder',
  'alert-raised': 'alert',
  'alert-late': 'alert',
  'alert-handed-over': 'alert',
}

/** Tells a member of staff something: in the bell, by mail where they have an address, some of it in WeCom. @returns whether it was new */
export async function notifyStaff(ctx: WriteContext, staffId: string, notice: NewNotice): Promise<boolean> {
  const staff = await findStaff(ctx, staffId)
  if (!staff || staff.state === 'disabled') return false
  const { kind, values = {}, link = null, sourceKey, mail = true, content } = notice
  const id = ctx.ids.next<string>()
  const isNew = await insertNotice(ctx.tx, ctx.organizationId, {
    id,
    staffId,
    kind,
    values,
    link,
    sourceKey,
    mail: mail && staff.email !== null,
    mailSealed: content ? ctx.sealer.seal(ctx.organizationId, JSON.stringify(content)) : null,
    now: ctx.clock.now(),
  })
  const topic = IN_WECOM[kind]
  if (isNew && topic)
    await planStaffNotice(ctx, staffId, { id, topic, values: countsOf(values), link: link ?? '/', sourceKey })
  return isNew
}

const countsOf = (values: object) =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))

const SHOWN = 50

/** One's own notices in one's own language. */
export async function listNotices(ctx: ReadContext, translate: Translator) {
  if (ctx.actor.kind !== 'staff' || !ctx.actor.id) return { rows: [], unread: 0 }
  const rows = await findNotices(ctx.db, ctx.organizationId, ctx.actor.id, SHOWN)
  return {
    rows: rows.map((row) => {
      const values = row.values as Record<string, string | number | null>
      return {
        id: row.id,
        kind: row.kind,
        title: translate(ctx.locale, 'message', `notice.${row.kind}.title`, values),
        text: translate(ctx.locale, 'message', `notice.${row.kind}.text`, values),
        link: row.link,
        at: row.created_at.toISOString(),
        readAt: row.read_at?.toISOString() ?? null,
      }
    }),
    unread: await countUnread(ctx.db, ctx.organizationId, ctx.actor.id),
  }
}

export async function readNotices(ctx: WriteContext, ids: readonly string[] | undefined) {
  if (ctx.actor.kind !== 'staff' || !ctx.actor.id) return { unread: 0 }
  const read = await markRead(ctx.tx, ctx.organizationId, ctx.actor.id, ids, ctx.clock.now())
  // Whoever has read it here is not called to their phone for it.
  if (read.length > 0) await dropStaffNotices(ctx, { ids: read })
  return { unread: await countUnread(ctx.db, ctx.organizationId, ctx.actor.id) }
}
