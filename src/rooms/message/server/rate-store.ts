import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import './table.ts'

const KEPT_MS = 3_600_000

/** How many mails were handed over since an instant, and how many are just on their way: what is left of the rate. */
export async function countMailed(db: Db, organizationId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select coalesce(sum(mails), 0) from message_mail_batch where organization_id = ${organizationId} and at > ${since})
      + (select count(*) from message where organization_id = ${organizationId} and state = 'claimed' and channel = 'email') count`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** Together with what settles them. */
export async function noteMailed(ctx: WriteContext, mails: number): Promise<void> {
  if (mails === 0) return
  await ctx.tx
    .insertInto('message_mail_batch')
    .values({ organization_id: ctx.organizationId, id: ctx.ids.next(), at: ctx.clock.now(), mails })
    .execute()
}

export async function forgetMailed(db: Db, organizationId: string, now: Date): Promise<void> {
  await db
    .deleteFrom('message_mail_batch')
    .where('organization_id', '=', organizationId)
    .where('at', '<', new Date(now.getTime() - KEPT_MS))
    .execute()
}
