import { FundOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/care-figures',
    permission: 'care-figures.read',
    nav: { group: 'reports', order: 58, icon: FundOutlined, label: 'nav.figures' },
    component: lazyPage(async () => (await import('./figures-page.tsx')).CareFiguresPage),
  },
]
