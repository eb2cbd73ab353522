import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/mood', load: () => import('./mood-page.tsx').then((m) => m.MoodPage) },
]

export const homeCards: HomeCard[] = [{ order: 45, load: () => import('./mood-card.tsx').then((m) => m.MoodCard) }]
