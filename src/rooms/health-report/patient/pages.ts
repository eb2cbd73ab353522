import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/reports', load: () => import('./reports-page.tsx').then((m) => m.ReportsPage) },
  { path: '/my/report/:id', load: () => import('./report-page.tsx').then((m) => m.ReportPage) },
]

export const homeCards: HomeCard[] = [{ order: 22, load: () => import('./report-card.tsx').then((m) => m.ReportCard) }]
