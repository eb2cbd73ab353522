import { AppstoreAddOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/specialty-packs',
    permission: 'specialty-pack.read',
    nav: { group: 'content', order: 5, icon: AppstoreAddOutlined, label: 'nav.packs' },
    component: lazyPage(async () => (await import('./pack-list-page.tsx')).PackListPage),
  },
  {
    path: '/specialty-packs/$code',
    permission: 'specialty-pack.read',
    label: 'nav.pack',
    component: lazyPage(async () => (await import('./pack-page.tsx')).PackPage),
  },
]
