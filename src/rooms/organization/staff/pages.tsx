import { BankOutlined, SafetyOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/settings/organization',
    permission: 'organization.configure',
    nav: { group: 'settings', order: 10, icon: BankOutlined, label: 'page.title' },
    component: lazyPage(async () => (await import('./organization-page.tsx')).OrganizationPage),
  },
  {
    path: '/settings/security',
    permission: 'security.configure',
    nav: { group: 'settings', order: 35, icon: SafetyOutlined, label: 'security.title' },
    component: lazyPage(async () => (await import('./security-page.tsx')).SecurityPage),
  },
]
