import { lazyPart, type PatientTab } from '../../../platform/web/index.ts'

export const patientTabs: PatientTab[] = [
  {
    key: 'mood',
    label: 'tab.title',
    order: 47,
    permission: 'mood.read',
    component: lazyPart(async () => (await import('./mood-tab.tsx')).MoodTab),
  },
]
