import { FileDoneOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/report-signing',
    permission: 'health-report.read',
    nav: { group: 'reports', order: 10, icon: FileDoneOutlined, label: 'nav.signing' },
    component: lazyPage(async () => (await import('./signing-page.tsx')).SigningPage),
  },
  {
    path: '/report-signing/$compositionId',
    permission: 'health-report.read',
    label: 'composition.title',
    component: lazyPage(async () => (await import('./composition-page.tsx')).CompositionPage),
  },
  {
    path: '/verify/$code',
    label: 'verify.title',
    layout: 'plain',
    open: true,
    component: lazyPage(async () => (await import('./verify-page.tsx')).VerifyPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'printed',
    group: 'summary',
    label: 'tab.title',
    order: 20,
    permission: 'health-report.read',
    component: lazyPart(async () => (await import('./printed-tab.tsx')).PrintedTab),
  },
]
