import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
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
    label: 'tab.title',
    order: 60,
    permission: 'health-report.read',
    component: lazyPart(async () => (await import('./printed-tab.tsx')).PrintedTab),
  },
]
