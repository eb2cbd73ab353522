import type { WriteContext } from '../../../../platform/context/context.ts'
import type { PatientId } from '../../../../platform/contract/index.ts'
import { appointmentTold } from '../../contract/events.ts'
import type { IncomingPatient } from '../incoming.ts'
import type { ReadIntake } from './read-intake.ts'
import type { Whose } from './settle-persons.ts'

/** Tells of appointments of people who are known; those of others wait with their message until somebody decides who it is. */
export async function tellAppointments(
  ctx: WriteContext,
  intakes: readonly ReadIntake[],
  whose: ReadonlyMap<IncomingPatient, Whose>,
): Promise<void> {
  const told = intakes.flatMap(({ row, appointments }) =>
    appointments.flatMap(({ patient, startsAt, toldAt, ...appointment }) => {
      const owner = whose.get(patient)
      if (!owner || !('patientId' in owner)) return []
      return {
        ...appointment,
        patientId: owner.patientId as PatientId,
        source: row.source,
        startsAt: startsAt?.toISOString() ?? null,
        toldAt: (toldAt ?? row.received_at).toISOString(),
      }
    }),
  )
  if (told.length > 0) await ctx.emitMany(appointmentTold, told)
}
