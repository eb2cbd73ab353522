import { LineChartOutlined, RiseOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

const GROWN_UP_YEARS = 18

export const pages: StaffPage[] = [
  {
    path: '/growth',
    permission: 'growth.read',
    nav: { group: 'patients', order: 50, icon: RiseOutlined, label: 'nav.programme' },
    component: lazyPage(async () => (await import('./enrolled-page.tsx')).EnrolledPage),
  },
  {
    path: '/growth-references',
    permission: ['growth.read', 'advice.content.read'],
    nav: { group: 'content', order: 64, icon: LineChartOutlined, label: 'nav.references' },
    component: lazyPage(async () => (await import('./references-page.tsx')).ReferencesPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'growth',
    group: 'record',
    label: 'tab.title',
    order: 50,
    permission: 'growth.read',
    isFor: ({ ageYears }) => ageYears !== null && ageYears < GROWN_UP_YEARS,
    component: lazyPart(async () => (await import('./growth-tab.tsx')).GrowthTab),
  },
]
