import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/plan', load: () => import('./plan-page.tsx').then((m) => m.PlanPage) },
]

export const homeCards: HomeCard[] = [{ order: 10, load: () => import('./today-card.tsx').then((m) => m.TodayCard) }]
