import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my', proxy: 'any', load: () => import('./home-page.tsx').then((m) => m.HomePage) },
  { path: '/my/enter/:token', proxy: 'any', load: () => import('./enter-page.tsx').then((m) => m.EnterPage) },
  { path: '/my/wechat', load: () => import('./wechat-page.tsx').then((m) => m.WeChatPage) },
  { path: '/my/wechat-notices', load: () => import('./wechat-notices-page.tsx').then((m) => m.WeChatNoticesPage) },
  { path: '/my/who-looked', load: () => import('./who-looked-page.tsx').then((m) => m.WhoLookedPage) },
]

export const homeCards: HomeCard[] = [{ order: 90, load: () => import('./wechat-card.tsx').then((m) => m.WeChatCard) }]
