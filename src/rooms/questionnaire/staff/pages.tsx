import { lazyPart, type PatientTab } from '../../../platform/web/index.ts'

export const patientTabs: PatientTab[] = [
  {
    key: 'questionnaires',
    label: 'tab.title',
    order: 45,
    permission: 'questionnaire.answers',
    component: lazyPart(async () => (await import('./questionnaire-tab.tsx')).QuestionnaireTab),
  },
]
