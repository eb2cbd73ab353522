import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/messages', load: () => import('./messages-page.tsx').then((m) => m.MessagesPage) },
  { path: '/my/message/:id', load: () => import('./message-page.tsx').then((m) => m.MessagePage) },
  { path: '/my/message-wishes', load: () => import('./wishes-page.tsx').then((m) => m.WishesPage) },
]

export const homeCards: HomeCard[] = [
  { order: 40, load: () => import('./messages-card.tsx').then((m) => m.MessagesCard) },
]
