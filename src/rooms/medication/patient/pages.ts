import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/medicine', load: () => import('./medicine-page.tsx').then((m) => m.MedicinePage) },
]

export const homeCards: HomeCard[] = [
  { order: 9, load: () => import('./medicine-card.tsx').then((m) => m.MedicineCard) },
]
