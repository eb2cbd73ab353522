import { lazyPart, type PatientHeaderPart } from '../../../platform/web/index.ts'

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'my-health',
    order: 60,
    permission: 'patient-access.send',
    component: lazyPart(async () => (await import('./access-part.tsx')).AccessPart),
  },
]
