import type { ReadContext } from '../../../platform/context/context.ts'
import { findDepartments } from '../../organization/server/index.ts'
import { findStaff } from '../../staff/server/index.ts'
import { packProblem } from '../contract/problems.ts'

export interface Places {
  /** All that are in use. */
  active: { id: string; name: string }[]
  names: Map<string, string>
  /** Which of them the reader stands in or leads. */
  own: Set<string>
}

/** The departments of the house, and those of the reader: the one they stand in and those they lead. */
export async function placesOf(ctx: ReadContext): Promise<Places> {
  const all = await findDepartments(ctx.db, ctx.organizationId)
  const { departmentId = null } = (ctx.actor.id ? await findStaff(ctx, ctx.actor.id) : undefined) ?? {}
  return {
    active: all.filter(({ active }) => active).map(({ id, name }) => ({ id, name })),
    names: new Map(all.map(({ id, name }) => [id, name])),
    own: new Set(
      all.flatMap(({ id, leadId }) =>
        id === departmentId || (leadId !== null && leadId === ctx.actor.id) ? [id] : [],
      ),
    ),
  }
}

/**
 * Refuses departments that do not exist, and those that are somebody else's: a head of department decides for the one
 * they stand in and those they lead, somebody who stands in none for the whole house.
 * @throws Problem PackDepartmentUnknown, PackDepartmentNotYours
 */
export function refuseOthers(places: Places, departmentIds: readonly string[]): void {
  for (const id of departmentIds) {
    if (!places.active.some((one) => one.id === id))
      throw packProblem('PackDepartmentUnknown', {}, 'body.departmentIds')
    if (!decidesFor(places, id))
      throw packProblem('PackDepartmentNotYours', { department: places.names.get(id) ?? '' }, 'body.departmentIds')
  }
}

export function decidesFor({ own }: Places, departmentId: string): boolean {
  return own.size === 0 || own.has(departmentId)
}
