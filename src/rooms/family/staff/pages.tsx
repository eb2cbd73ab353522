import { lazyPart, type PatientHeaderPart } from '../../../platform/web/index.ts'

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'family',
    order: 61,
    permission: 'patient-access.send',
    component: lazyPart(async () => (await import('./family-part.tsx')).FamilyPart),
  },
]
