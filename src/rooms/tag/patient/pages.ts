import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/recommended-by', load: () => import('./grounds-page.tsx').then((m) => m.GroundsPage) },
]

export const homeCards: HomeCard[] = [
  { order: 82, load: () => import('./grounds-card.tsx').then((m) => m.GroundsCard) },
]
