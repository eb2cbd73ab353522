import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { holdsOf, sendMessages, type NewMessage } from '../../message/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import type { Milestone } from '../contract/words.ts'
import { policyInForce, templateOf } from './rule.ts'
import './table.ts'

/** Something that somebody has reached. */
export interface Reached {
  patientId: string
  milestone: Milestone
  /** What makes it this once. */
  occurrence: string
  days?: number
}

/** A good word is worth saying for so long; later it would be odd. */
const VALID_DAYS = 2

/**
 * Says a good word, once for each, and one a day for a person. Whoever is in hospital, in a crisis, or has a result or a
 * complaint open hears nothing, and nothing is written: it may be said once that is over.
 * @returns how many were praised
 */
export async function givePraise(ctx: WriteContext, reached: readonly Reached[]): Promise<number> {
  const policy = await policyInForce(ctx)
  const wanted = reached.filter(({ milestone }) => policy[milestone].on)
  if (wanted.length === 0) return 0
  const ids = [...new Set(wanted.map(({ patientId }) => patientId))].toSorted()
  const people = await patientSummaries(ctx, ids)
  const holds = await holdsOf(ctx, ids)
  const may = wanted.filter(({ patientId }) => people.get(patientId)?.state === 'active' && !holds.has(patientId))
  const messages: NewMessage[] = []
  for (const one of may.toSorted((a, b) => (a.occurrence < b.occurrence ? -1 : 1))) {
    if (!(await write(ctx, one))) continue
    const { patientId, milestone, occurrence, days } = one
    messages.push({
      patientId,
      template: templateOf(milestone),
      touch: `praise:${milestone}:${occurrence}`,
      notAfter: new Date(ctx.clock.now().getTime() + VALID_DAYS * 86_400_000),
      values: days === undefined ? {} : { days: String(days) },
      source: 'praise',
      sourceKey: occurrence,
    })
  }
  await sendMessages(ctx, messages)
  return messages.length
}

/** @returns false when it was said before, or something else was today. The person's row makes two at once wait. */
async function write(ctx: WriteContext, { patientId, milestone, occurrence, days }: Reached): Promise<boolean> {
  await sql`select from patient where organization_id = ${ctx.organizationId} and id = ${patientId} for no key update`.execute(
    ctx.tx,
  )
  const { rows } = await sql`
    insert into praise (organization_id, id, patient_id, milestone, occurrence, on_date, days, at)
    select ${ctx.organizationId}::uuid, ${ctx.ids.next()}::uuid, ${patientId}::uuid, ${milestone}, ${occurrence}, ${ctx.today}::date, ${days ?? null}::int, ${ctx.clock.now()}
    where not exists (select from praise where organization_id = ${ctx.organizationId} and patient_id = ${patientId} and on_date = ${ctx.today})
    on conflict (organization_id, milestone, occurrence) do nothing returning id`.execute(ctx.tx)
  return rows.length > 0
}
