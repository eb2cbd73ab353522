import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/reports', proxy: 'view', load: () => import('./reports-page.tsx').then((m) => m.ReportsPage) },
  { path: '/my/report/:id', proxy: 'view', load: () => import('./report-page.tsx').then((m) => m.ReportPage) },
]

export const homeCards: HomeCard[] = [
  { order: 22, proxy: 'view', load: () => import('./report-card.tsx').then((m) => m.ReportCard) },
]
