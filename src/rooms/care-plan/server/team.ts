import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { endAccess, grantAccess, patientSummary, requireVisible } from '../../patient/server/index.ts'
import { findStaff, staffSummaries } from '../../staff/server/index.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { careTeam, handOverNote, joinTeam, TeamRole } from '../contract/team.ts'

const NOTES_SHOWN = 20
/** Why a file is open to a colleague of the team. */
const ACCESS_REASON = 'care-team'

interface Member {
  id: string
  role: TeamRole
  name: string
  title: string
}

/** Doctor, counsellor and manager of a person, and who else is in their team. */
async function membersOf(ctx: ReadContext, patientId: string): Promise<Member[]> {
  const person = await patientSummary(ctx, patientId)
  const carers: [TeamRole, string | null | undefined][] = [
    ['doctor', person?.doctorId],
    ['counsellor', person?.counsellorId],
    ['manager', person?.managerId],
  ]
  const others = await ctx.db
    .selectFrom('care_team_member')
    .select(['staff_id', 'role'])
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('joined_at')
    .execute()
  const isCarer = new Set(carers.map(([, id]) => id))
  const all = [
    ...carers.flatMap(([role, id]) => (id ? [{ role, id }] : [])),
    ...others.flatMap(({ role, staff_id }) => (isCarer.has(staff_id) ? [] : [{ role, id: staff_id }])),
  ]
  const known = await staffSummaries(
    ctx,
    all.map(({ id }) => id),
  )
  return all.flatMap(({ role, id }) => {
    const staff = known.get(id)
    return staff && staff.state !== 'disabled' ? [{ role, id, name: staff.name, title: staff.title }] : []
  })
}

/** Who looks after a person, and what they left for each other. */
export async function showTeam(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof careTeam>> {
  await requireVisible(ctx, patientId)
  const members = await membersOf(ctx, patientId)
  const notes = await ctx.db
    .selectFrom('care_team_note')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('at', 'desc')
    .limit(NOTES_SHOWN)
    .execute()
  return {
    carers: members.map((member) => ({ ...member, id: member.id as StaffId })),
    notes: notes.map((note) => ({
      id: note.id,
      text: note.text,
      byName: note.by_name,
      role: note.role || null,
      toName: note.to_name,
      seenAt: note.seen_at?.toISOString() ?? null,
      at: note.at.toISOString(),
      waits: note.to_id === ctx.actor.id && note.seen_at === null,
    })),
    can: { change: ctx.actor.permissions.has('care-plan.write') },
  }
}

/** @returns false when this note was kept before @throws Problem TeamMemberUnfit for one who is not in the team */
export async function leaveNote(
  ctx: WriteContext,
  patientId: string,
  { id, text, toId }: InputOf<typeof handOverNote>['body'],
) {
  const person = await requireVisible(ctx, patientId)
  const members = await membersOf(ctx, patientId)
  const to = toId === null ? undefined : members.find((member) => member.id === toId)
  if (toId !== null && !to) throw carePlanProblem('TeamMemberUnfit', {}, 'body.toId')
  const added = await ctx.tx
    .insertInto('care_team_note')
    .values({
      organization_id: ctx.organizationId,
      id,
      patient_id: patientId,
      text,
      role: members.find((member) => member.id === ctx.actor.id)?.role ?? '',
      to_id: to?.id ?? null,
      to_name: to?.name ?? null,
      seen_at: null,
      by_id: ctx.actor.id!,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  const kept = added.numInsertedOrUpdatedRows === 1n
  if (kept && to && to.id !== ctx.actor.id)
    await notifyStaff(ctx, to.id, {
      kind: 'care-team-note',
      values: { title: person.name, by: ctx.actor.name },
      link: `/patients/${patientId}?tab=care-plan`,
      sourceKey: `care-team-note:${id}`,
    })
  return { kept }
}

/** The one it is for has read it; nobody reads it for them. */
export async function noteSeen(ctx: WriteContext, patientId: string, noteId: string): Promise<{ seen: boolean }> {
  await requireVisible(ctx, patientId)
  const seen = await ctx.tx
    .updateTable('care_team_note')
    .set({ seen_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', noteId)
    .where('to_id', '=', ctx.actor.id)
    .where('seen_at', 'is', null)
    .executeTakeFirst()
  return { seen: seen.numUpdatedRows === 1n }
}

/** Takes a colleague into the team, or changes what they do in it. @throws Problem TeamMemberUnfit */
export async function join(
  ctx: WriteContext,
  patientId: string,
  staffId: string,
  { role }: InputOf<typeof joinTeam>['body'],
): Promise<{ joined: boolean }> {
  const person = await requireVisible(ctx, patientId)
  const staff = await findStaff(ctx, staffId)
  const isCarer = [person.doctor_id, person.manager_id, person.counsellor_id].includes(staffId)
  if (staff?.state !== 'active' || isCarer) throw carePlanProblem('TeamMemberUnfit', {}, 'params.staffId')
  await ctx.tx
    .insertInto('care_team_member')
    .values({
      organization_id: ctx.organizationId,
      patient_id: patientId,
      staff_id: staffId,
      role,
      joined_at: ctx.clock.now(),
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
    })
    .onConflict((c) => c.columns(['organization_id', 'patient_id', 'staff_id']).doUpdateSet({ role }))
    .execute()
  await grantAccess(ctx, patientId, staffId, ACCESS_REASON)
  ctx.audit.detail = { role }
  return { joined: true }
}

/** Takes a colleague out, and closes the file that the team had opened to them. */
export async function leave(ctx: WriteContext, patientId: string, staffId: string): Promise<{ left: boolean }> {
  await requireVisible(ctx, patientId)
  const gone = await ctx.tx
    .deleteFrom('care_team_member')
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()
  if (gone.numDeletedRows === 0n) throw platformProblem('NotFound')
  await endAccess(ctx, patientId, staffId, ACCESS_REASON)
  return { left: true }
}
