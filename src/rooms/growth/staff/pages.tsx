import { LineChartOutlined, RiseOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

const GROWN_UP_YEARS = 18

export const pages: StaffPage[] = [
  {
    path: '/growth',
    permission: 'growth.read',
    nav: { group: 'care', order: 60, icon: RiseOutlined, label: 'nav.programme' },
    component: lazyPage(async () => (await import('./enrolled-page.tsx')).EnrolledPage),
  },
  {
    path: '/growth-references',
    permission: 'growth.read',
    nav: { group: 'settings', order: 65, icon: LineChartOutlined, label: 'nav.references' },
    component: lazyPage(async () => (await import('./references-page.tsx')).ReferencesPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'growth',
    label: 'tab.title',
    order: 35,
    permission: 'growth.read',
    isFor: ({ ageYears }) => ageYears !== null && ageYears < GROWN_UP_YEARS,
    component: lazyPart(async () => (await import('./growth-tab.tsx')).GrowthTab),
  },
]
