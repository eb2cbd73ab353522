import { AimOutlined, ControlOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/nodules',
    permission: 'nodule.read',
    nav: { group: 'patients', order: 60, icon: AimOutlined, label: 'nav.nodules' },
    component: lazyPage(async () => (await import('./nodules-page.tsx')).NodulesPage),
  },
  {
    path: '/nodule-settings',
    permission: ['nodule.read', 'advice.content.read'],
    nav: { group: 'content', order: 72, icon: ControlOutlined, label: 'nav.settings' },
    component: lazyPage(async () => (await import('./settings-page.tsx')).SettingsPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'nodules',
    group: 'record',
    label: 'tab.title',
    order: 40,
    permission: 'nodule.read',
    component: lazyPart(async () => (await import('./nodule-tab.tsx')).NoduleTab),
  },
]
