import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/understanding', load: () => import('./understanding-page.tsx').then((m) => m.UnderstandingPage) },
]

export const homeCards: HomeCard[] = [
  { order: 80, load: () => import('./understanding-card.tsx').then((m) => m.UnderstandingCard) },
]
