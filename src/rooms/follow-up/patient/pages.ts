import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/pathways', load: () => import('./pathways-page.tsx').then((m) => m.PathwaysPage) },
]

export const homeCards: HomeCard[] = [
  { order: 15, load: () => import('./pathway-card.tsx').then((m) => m.PathwayCard) },
]
