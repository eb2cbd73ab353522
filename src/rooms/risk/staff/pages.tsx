import { CalculatorOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/risk-instruments',
    permission: 'risk.instrument.read',
    nav: { group: 'content', order: 60, icon: CalculatorOutlined, label: 'nav.instruments' },
    component: lazyPage(async () => (await import('./instrument-list-page.tsx')).InstrumentListPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'risk',
    group: 'assessment',
    label: 'tab.title',
    order: 10,
    permission: 'risk.read',
    component: lazyPart(async () => (await import('./risk-tab.tsx')).RiskTab),
  },
]
