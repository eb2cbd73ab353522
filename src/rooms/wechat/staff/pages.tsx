import { WechatOutlined } from '@ant-design/icons'
import { ask, lazyPage, lazyPart, type AccountPart, type StaffPage } from '../../../platform/web/index.ts'
import { listWeChatAccounts } from '../contract/account.ts'

export const pages: StaffPage[] = [
  {
    path: '/settings/wechat',
    permission: 'integration.configure',
    nav: { group: 'settings', order: 43, icon: WechatOutlined, label: 'nav.wechat' },
    ahead: () => [{ asks: () => [ask(listWeChatAccounts, {})] }],
    component: lazyPage(async () => (await import('./accounts-page.tsx')).AccountsPage),
  },
]

export const accountParts: AccountPart[] = [
  { key: 'wecom', order: 10, component: lazyPart(async () => (await import('./own-wecom.tsx')).OwnWeComCard) },
]
