import type { StaffId, PatientId } from '../../../platform/contract/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { patientCarerChanged } from '../contract/events.ts'
import { patientProblem } from '../contract/problems.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { insertChanges, isActiveStaff, lockPatientRow, updatePatient, type PatientRow } from './store.ts'

export interface Carers {
  doctorId?: string | null
  managerId?: string | null
  counsellorId?: string | null
}

const ROLE_OF = { doctorId: 'physician', managerId: 'service-manager', counsellorId: 'counsellor' } as const
const COLUMN_OF = { doctorId: 'doctor_id', managerId: 'manager_id', counsellorId: 'counsellor_id' } as const
type Slot = keyof typeof ROLE_OF

/**
 * Sets who looks after a person; what is left out stays, null empties. Says nothing when nothing changes.
 * @throws Problem NotFound, PatientMerged, CarerUnfit when the person is not active or lacks the role
 */
export async function assignCarers(ctx: WriteContext, patientId: string, carers: Carers): Promise<void> {
  const row = await lockPatientRow(ctx.tx, ctx.organizationId, patientId)
  if (!row) throw platformProblem('NotFound')
  if (row.state === 'merged') throw patientProblem('PatientMerged')
  const slots = (Object.keys(ROLE_OF) as Slot[]).filter(
    (slot) => carers[slot] !== undefined && carers[slot] !== row[COLUMN_OF[slot]],
  )
  if (slots.length === 0) return
  for (const slot of slots) {
    const staffId = carers[slot]
    if (staffId && !(await isActiveStaff(ctx.tx, ctx.organizationId, staffId, ROLE_OF[slot])))
      throw patientProblem('CarerUnfit', {}, `body.${slot}`)
  }
  const changes = Object.fromEntries(slots.map((slot) => [COLUMN_OF[slot], carers[slot] ?? null]))
  await updatePatient(ctx.tx, ctx.organizationId, patientId, changes, ctx.clock.now())
  const before = carersOf(row)
  const after = carersOf({ ...row, ...changes })
  const line = {
    id: ctx.ids.next(),
    patientId,
    kind: 'carers' as const,
    detail: { before, after },
    byId: ctx.actor.id,
    byName: ctx.actor.name,
  }
  await insertChanges(ctx.tx, ctx.organizationId, [line], ctx.clock.now())
  await ctx.emit(patientCarerChanged, { patientId: patientId as PatientId, before, after })
}

export function carersOf(row: Pick<PatientRow, 'doctor_id' | 'manager_id' | 'counsellor_id'>) {
  return {
    doctorId: row.doctor_id as StaffId | null,
    managerId: row.manager_id as StaffId | null,
    counsellorId: row.counsellor_id as StaffId | null,
  }
}
