import { AlertOutlined, SlidersOutlined } from '@ant-design/icons'
import { ask, lazyPage, lazyPart, type PatientHeaderPart, type StaffPage } from '../../../platform/web/index.ts'
import { patientAlerts } from '../contract/alert.ts'

export const pages: StaffPage[] = [
  {
    path: '/alerts',
    permission: 'alert.read',
    nav: { group: 'daily', order: 15, icon: AlertOutlined, label: 'nav.alerts' },
    component: lazyPage(async () => (await import('./alerts-page.tsx')).AlertsPage),
  },
  {
    path: '/alert-settings',
    permission: 'alert.rule.read',
    nav: { group: 'content', order: 70, icon: SlidersOutlined, label: 'nav.settings' },
    component: lazyPage(async () => (await import('./settings-page.tsx')).SettingsPage),
  },
]

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'alerts',
    order: 5,
    permission: 'alert.read',
    component: lazyPart(async () => (await import('./header-part.tsx')).AlertPart),
    asks: ({ patientId }) => [ask(patientAlerts, { params: { patientId: patientId as never } })],
  },
  {
    key: 'raise-alert',
    order: 55,
    permission: 'alert.read',
    component: lazyPart(async () => (await import('./header-part.tsx')).RaisePart),
  },
]
