import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/trends', load: () => import('./trends-page.tsx').then((m) => m.TrendsPage) },
  { path: '/my/trend/:code', load: () => import('./trend-page.tsx').then((m) => m.TrendPage) },
]

export const homeCards: HomeCard[] = [{ order: 40, load: () => import('./trends-card.tsx').then((m) => m.TrendsCard) }]
