import { EyeOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/reading-figures',
    permission: 'message.template.read',
    nav: { group: 'content', order: 36, icon: EyeOutlined, label: 'nav.reading' },
    component: lazyPage(async () => (await import('./reading-page.tsx')).ReadingPage),
  },
]
