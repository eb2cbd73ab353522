import { MessageOutlined } from '@ant-design/icons'
import { ask, lazyPage, type StaffPage } from '../../../platform/web/index.ts'
import { getSmsAccount } from '../contract/account.ts'

export const pages: StaffPage[] = [
  {
    path: '/settings/sms',
    permission: 'integration.configure',
    nav: { group: 'settings', order: 42, icon: MessageOutlined, label: 'nav.sms' },
    ahead: () => [{ asks: () => [ask(getSmsAccount, {})] }],
    component: lazyPage(async () => (await import('./account-page.tsx')).AccountPage),
  },
]
