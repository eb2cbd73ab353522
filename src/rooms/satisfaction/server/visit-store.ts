import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { LeftOut, VisitKind } from '../contract/words.ts'
import type { Visit } from './rules.ts'
import './table.ts'

export interface Decision {
  visit: Visit
  /** Null: asked. */
  reason: LeftOut | null
}
type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** Which of these visits were decided of. Ids are unique over both kinds. */
export async function findDecided({ db, organizationId }: Reading, visitIds: readonly string[]): Promise<Set<string>> {
  if (visitIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('satisfaction_visit')
    .select('visit_id')
    .where('organization_id', '=', organizationId)
    .where('visit_kind', 'in', ['encounter', 'appointment'] satisfies VisitKind[])
    .where('visit_id', 'in', [...visitIds])
    .execute()
  return new Set(rows.map(({ visit_id }) => visit_id))
}

/** When each was asked last: what the gate held back counts as well, so that the next visit finds them in peace. */
export async function lastAskedOf(
  { db, organizationId }: Reading,
  patientIds: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select patient_id id, max(decided_at) at from satisfaction_visit
    where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and state = 'asked'
    group by 1`.execute(db)
  return new Map(rows.map(({ id, at }) => [id, at]))
}

/** @returns the visits that nobody had decided of before */
export async function insertDecisions(ctx: WriteContext, decisions: readonly Decision[]): Promise<Set<string>> {
  if (decisions.length === 0) return new Set()
  const rows = await ctx.tx
    .insertInto('satisfaction_visit')
    .values(
      decisions.map(({ visit, reason }) => ({
        organization_id: ctx.organizationId,
        visit_kind: visit.kind,
        visit_id: visit.id,
        patient_id: visit.patientId,
        class: visit.class,
        department: visit.department,
        closed_at: visit.closedAt,
        decided_at: ctx.clock.now(),
        state: reason === null ? ('asked' as const) : ('left-out' as const),
        reason,
        invitation_id: null,
        sent_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('visit_id')
    .execute()
  return new Set(rows.map(({ visit_id }) => visit_id))
}

export async function noteInvitations(ctx: WriteContext, links: ReadonlyMap<string, string>): Promise<void> {
  const known = [...links].filter(([, id]) => id !== '')
  // A link that a colleague had sent by hand and that is still open belongs to whichever visit noted it first.
  await sql`
    update satisfaction_visit v set invitation_id = n.invitation_id
    from unnest(${known.map(([visit]) => visit)}::uuid[], ${known.map(([, id]) => id)}::uuid[]) n (visit_id, invitation_id)
    where v.organization_id = ${ctx.organizationId} and v.visit_id = n.visit_id and v.invitation_id is null
      and not exists (select from satisfaction_visit o where o.organization_id = v.organization_id and o.invitation_id = n.invitation_id)`.execute(
    ctx.tx,
  )
}

export async function leaveOut(ctx: WriteContext, visitIds: readonly string[], reason: LeftOut): Promise<void> {
  if (visitIds.length === 0) return
  await ctx.tx
    .updateTable('satisfaction_visit')
    .set({ state: 'left-out', reason })
    .where('organization_id', '=', ctx.organizationId)
    .where('visit_id', 'in', [...visitIds])
    .execute()
}

/** The letter has left the house: from now on they count as asked. */
export async function noteSent(ctx: WriteContext, invitationId: string): Promise<void> {
  await ctx.tx
    .updateTable('satisfaction_visit')
    .set({ sent_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('invitation_id', '=', invitationId)
    .where('sent_at', 'is', null)
    .execute()
}

export async function visitOfInvitation({ db, organizationId }: Reading, invitationId: string) {
  return db
    .selectFrom('satisfaction_visit')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('invitation_id', '=', invitationId)
    .executeTakeFirst()
}
