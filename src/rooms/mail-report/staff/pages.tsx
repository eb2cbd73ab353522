import { RollbackOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/mail-reports',
    permission: 'mail-report.settle',
    nav: { group: 'content', order: 37, icon: RollbackOutlined, label: 'nav.mailReports' },
    component: lazyPage(async () => (await import('./reports-page.tsx')).ReportsPage),
  },
]
