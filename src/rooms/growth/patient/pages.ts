import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/growth', load: () => import('./growth-page.tsx').then((m) => m.GrowthPage) },
]

export const homeCards: HomeCard[] = [{ order: 40, load: () => import('./growth-card.tsx').then((m) => m.GrowthCard) }]
