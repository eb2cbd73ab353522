import type { PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my', load: () => import('./home-page.tsx').then((m) => m.HomePage) },
  { path: '/my/enter/:token', load: () => import('./enter-page.tsx').then((m) => m.EnterPage) },
  { path: '/my/who-looked', load: () => import('./who-looked-page.tsx').then((m) => m.WhoLookedPage) },
]
