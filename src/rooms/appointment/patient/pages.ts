import type { HomeCard } from '../../../platform/patient-web/index.ts'

export const homeCards: HomeCard[] = [
  { order: 12, load: () => import('./appointments-card.tsx').then((m) => m.AppointmentsCard) },
]
