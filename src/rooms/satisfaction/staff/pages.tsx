import { SmileOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/satisfaction',
    permission: 'satisfaction.read',
    nav: { group: 'reports', order: 62, icon: SmileOutlined, label: 'nav.satisfaction' },
    component: lazyPage(async () => (await import('./satisfaction-page.tsx')).SatisfactionPage),
  },
]
