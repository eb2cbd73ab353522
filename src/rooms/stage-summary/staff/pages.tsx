import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/stage-summaries/$patientId/$summaryId',
    permission: 'stage-summary.read',
    label: 'nav.print',
    layout: 'bare',
    component: lazyPage(async () => (await import('./print-page.tsx')).PrintPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'stage-summary',
    group: 'summary',
    label: 'tab.summary',
    order: 10,
    permission: 'stage-summary.read',
    component: lazyPart(async () => (await import('./summary-tab.tsx')).SummaryTab),
  },
]
