import { SafetyCertificateOutlined } from '@ant-design/icons'
import { ask, lazyPage, type StaffPage } from '../../../platform/web/index.ts'
import { getMailDomain } from '../contract/mail-domain.ts'

export const pages: StaffPage[] = [
  {
    path: '/settings/mail-domain',
    permission: 'integration.configure',
    nav: { group: 'settings', order: 41, icon: SafetyCertificateOutlined, label: 'nav.mailDomain' },
    ahead: () => [{ asks: () => [ask(getMailDomain, {})] }],
    component: lazyPage(async () => (await import('./mail-domain-page.tsx')).MailDomainPage),
  },
]
