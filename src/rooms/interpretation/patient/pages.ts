import type { HomeCard, PagePart, PatientPage } from '../../../platform/patient-web/index.ts'

export const pages: PatientPage[] = [
  {
    path: '/my/interpretation/:id',
    proxy: 'view',
    load: () => import('./interpretation-page.tsx').then((m) => m.InterpretationPage),
  },
  { path: '/my/ask-doctor/:id', proxy: 'ask', load: () => import('./ask-page.tsx').then((m) => m.AskPage) },
]

export const homeCards: HomeCard[] = [
  { order: 14, proxy: 'view', load: () => import('./interpretation-card.tsx').then((m) => m.InterpretationCard) },
]

/** Beneath the marked results of one's own report. */
export const pageParts: PagePart[] = [
  { of: '/my/report/:id', order: 10, proxy: 'view', load: () => import('./report-part.tsx').then((m) => m.ReportPart) },
]
