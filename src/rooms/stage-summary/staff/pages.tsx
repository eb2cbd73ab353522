import { FileDoneOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/stage-summaries',
    permission: 'stage-summary.read',
    nav: { group: 'patients', order: 35, icon: FileDoneOutlined, label: 'nav.summaries' },
    component: lazyPage(async () => (await import('./summary-list-page.tsx')).SummaryListPage),
  },
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
