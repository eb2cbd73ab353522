import type { HomeCard, MoreAboutPart, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/media', load: () => import('./media-list-page.tsx').then((m) => m.MediaListPage) },
  { path: '/my/media/:code', load: () => import('./media-page.tsx').then((m) => m.MediaPage) },
]

export const homeCards: HomeCard[] = [{ order: 45, load: () => import('./media-card.tsx').then((m) => m.MediaCard) }]

export const moreAbout: MoreAboutPart[] = [{ load: () => import('./look-link.tsx').then((m) => m.LookLink) }]
