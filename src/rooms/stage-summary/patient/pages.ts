import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/summary/:id', load: () => import('./summary-page.tsx').then((m) => m.SummaryPage) },
]

export const homeCards: HomeCard[] = [
  { order: 25, load: () => import('./summary-home-card.tsx').then((m) => m.SummaryHomeCard) },
]
