import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Translator } from '../../../platform/i18n/translator.ts'
import { findStaff } from '../../staff/server/index.ts'
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

/** Tells a member of staff something: in the bell, and by mail where they have an address. @returns whether it was new */
export async function notifyStaff(ctx: WriteContext, staffId: string, notice: NewNotice): Promise<boolean> {
  const staff = await findStaff(ctx, staffId)
  if (!staff || staff.state === 'disabled') return false
  const { kind, values = {}, link = null, sourceKey, mail = true, content } = notice
  return insertNotice(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next(),
    staffId,
    kind,
    values,
    link,
    sourceKey,
    mail: mail && staff.email !== null,
    mailSealed: content ? ctx.sealer.seal(ctx.organizationId, JSON.stringify(content)) : null,
    now: ctx.clock.now(),
  })
}

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
  await markRead(ctx.tx, ctx.organizationId, ctx.actor.id, ids, ctx.clock.now())
  return { unread: await countUnread(ctx.db, ctx.organizationId, ctx.actor.id) }
}
