import type { StepOwner } from '../contract/step.ts'
import type { Person } from './person-store.ts'

/** Whose pool takes a step that nobody in person has. */
export const POOLS: Record<StepOwner, string> = {
  manager: 'service-manager',
  doctor: 'physician',
  counsellor: 'counsellor',
  'front-desk': 'front-desk',
  'desk-agent': 'desk-agent',
  'quality-lead': 'quality-lead',
}

/** Who gets the task of a step: the person's own manager, doctor or counsellor, or the pool of the role. */
export function workOf(owner: StepOwner, person: Person | undefined): { ownerId: string | null; poolRole: string } {
  const own =
    owner === 'manager'
      ? person?.managerId
      : owner === 'doctor'
        ? person?.doctorId
        : owner === 'counsellor'
          ? person?.counsellorId
          : null
  return { ownerId: own ?? null, poolRole: POOLS[owner] }
}
