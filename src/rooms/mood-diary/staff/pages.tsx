import { lazyPart, type PatientTab } from '../../../platform/web/index.ts'

export const patientTabs: PatientTab[] = [
  {
    key: 'mood',
    group: 'assessment',
    label: 'tab.title',
    order: 30,
    permission: 'mood.read',
    component: lazyPart(async () => (await import('./mood-tab.tsx')).MoodTab),
  },
]
