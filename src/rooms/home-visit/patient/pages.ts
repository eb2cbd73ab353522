import type { HomeCard, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  { path: '/my/home-visit-photos', load: () => import('./photos-page.tsx').then((m) => m.PhotosPage) },
]

export const homeCards: HomeCard[] = [{ order: 70, load: () => import('./photos-card.tsx').then((m) => m.PhotosCard) }]
