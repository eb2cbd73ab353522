import type { HomeCard } from '../../../platform/patient-web/index.ts'

export const homeCards: HomeCard[] = [
  { order: 12, proxy: 'remind', load: () => import('./appointments-card.tsx').then((m) => m.AppointmentsCard) },
]
