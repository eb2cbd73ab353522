import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/nodules', load: () => import('./nodules-page.tsx').then((m) => m.NodulesPage) },
]

export const homeCards: HomeCard[] = [
  { order: 30, load: () => import('./nodules-card.tsx').then((m) => m.NodulesCard) },
]
