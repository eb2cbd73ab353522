import type { PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/kiosk/:token', load: async () => (await import('./kiosk-page.tsx')).KioskPage },
  { path: '/fill/:token', load: async () => (await import('./fill-page.tsx')).FillPage },
]
