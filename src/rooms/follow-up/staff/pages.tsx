import { CalendarOutlined, ReconciliationOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/follow-ups',
    permission: 'follow-up.read',
    nav: { group: 'daily', order: 20, icon: CalendarOutlined, label: 'nav.followUps' },
    component: lazyPage(async () => (await import('./visit-list-page.tsx')).VisitListPage),
  },
  {
    path: '/protocols',
    permission: 'follow-up.protocol.read',
    nav: { group: 'content', order: 20, icon: ReconciliationOutlined, label: 'nav.protocols' },
    component: lazyPage(async () => (await import('./protocol-list-page.tsx')).ProtocolListPage),
  },
  {
    path: '/protocols/$code',
    permission: 'follow-up.protocol.read',
    label: 'nav.protocol',
    component: lazyPage(async () => (await import('./protocol-page.tsx')).ProtocolPage),
  },
  {
    path: '/protocols/$code/design',
    permission: 'follow-up.protocol.read',
    label: 'design.title',
    component: lazyPage(async () => (await import('./design/design-page.tsx')).DesignPage),
  },
  {
    path: '/protocols/$code/running',
    permission: 'follow-up.protocol.read',
    label: 'runningPage.plain',
    component: lazyPage(async () => (await import('./running/running-page.tsx')).RunningPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'follow-up',
    group: 'care',
    label: 'tab.followUp',
    order: 20,
    permission: 'follow-up.read',
    component: lazyPart(async () => (await import('./plans-tab.tsx')).PlansTab),
  },
]
