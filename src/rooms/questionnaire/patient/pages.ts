import type { PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/fill/:token', load: async () => (await import('./fill-page.tsx')).FillPage },
]
