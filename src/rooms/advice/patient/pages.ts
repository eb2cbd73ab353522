import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/advice', load: () => import('./advice-page.tsx').then((m) => m.AdvicePage) },
]

export const homeCards: HomeCard[] = [{ order: 25, load: () => import('./advice-card.tsx').then((m) => m.AdviceCard) }]
