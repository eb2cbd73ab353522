import { ApiOutlined, ExperimentOutlined, ImportOutlined, TableOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/intake',
    permission: 'intake.read',
    nav: { group: 'reports', order: 40, icon: ImportOutlined, label: 'nav.intake' },
    component: lazyPage(async () => (await import('./intake-page.tsx')).IntakePage),
  },
  {
    path: '/intake/codes',
    permission: 'intake.map',
    nav: { group: 'reports', order: 41, icon: ExperimentOutlined, label: 'nav.codes' },
    component: lazyPage(async () => (await import('./codes-page.tsx')).CodesPage),
  },
  {
    path: '/intake/tables',
    permission: 'intake.submit',
    nav: { group: 'reports', order: 42, icon: TableOutlined, label: 'nav.tables' },
    component: lazyPage(async () => (await import('./tables-page.tsx')).TablesPage),
  },
  {
    path: '/intake/connections',
    permission: 'integration.configure',
    nav: { group: 'settings', order: 40, icon: ApiOutlined, label: 'nav.connections' },
    component: lazyPage(async () => (await import('./connections-page.tsx')).ConnectionsPage),
  },
]
