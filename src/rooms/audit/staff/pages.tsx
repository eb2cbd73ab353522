import { AuditOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/audit',
    permission: 'audit.read',
    nav: { group: 'settings', order: 90, icon: AuditOutlined, label: 'page.title' },
    component: lazyPage(async () => (await import('./audit-page.tsx')).AuditPage),
  },
]
