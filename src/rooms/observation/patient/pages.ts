import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/trends', proxy: 'view', load: () => import('./trends-page.tsx').then((m) => m.TrendsPage) },
  { path: '/my/trend/:code', proxy: 'view', load: () => import('./trend-page.tsx').then((m) => m.TrendPage) },
]

export const homeCards: HomeCard[] = [
  { order: 40, proxy: 'view', load: () => import('./trends-card.tsx').then((m) => m.TrendsCard) },
]
