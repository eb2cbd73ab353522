import { IdcardOutlined, KeyOutlined, ShareAltOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  { path: '/sign-in', open: true, layout: 'plain', label: 'signIn.title', component: lazyPage(async () => (await import('./sign-in-page.tsx')).SignInPage) },
  { path: '/invitation', open: true, layout: 'plain', label: 'invitation.title', component: lazyPage(async () => (await import('./invitation-page.tsx')).InvitationPage) },
  { path: '/account', label: 'account.title', component: lazyPage(async () => (await import('./account-page.tsx')).AccountPage) },
  {
    path: '/settings/staff',
    permission: 'staff.administer',
    nav: { group: 'settings', order: 20, icon: IdcardOutlined, label: 'staff.title' },
    component: lazyPage(async () => (await import('./staff-list-page.tsx')).StaffListPage),
  },
  {
    path: '/settings/bindings',
    permission: 'staff.administer',
    nav: { group: 'settings', order: 30, icon: ShareAltOutlined, label: 'bindings.title' },
    component: lazyPage(async () => (await import('./binding-page.tsx')).BindingPage),
  },
  {
    path: '/settings/api-keys',
    permission: 'integration.configure',
    nav: { group: 'settings', order: 50, icon: KeyOutlined, label: 'keys.title' },
    component: lazyPage(async () => (await import('./api-key-page.tsx')).ApiKeyPage),
  },
]
