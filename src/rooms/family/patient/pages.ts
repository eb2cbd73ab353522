import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/family', load: () => import('./family-page.tsx').then((m) => m.FamilyPage) },
  {
    path: '/my/family-enter/:token',
    proxy: 'any',
    load: () => import('./enter-page.tsx').then((m) => m.FamilyEnterPage),
  },
]

export const homeCards: HomeCard[] = [
  { order: 0, proxy: 'any', load: () => import('./whose-switch.tsx').then((m) => m.WhoseSwitch) },
  { order: 60, load: () => import('./family-card.tsx').then((m) => m.FamilyCard) },
  { order: 90, proxy: 'any', load: () => import('./cared-card.tsx').then((m) => m.CaredCard) },
]
