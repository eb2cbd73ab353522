import { FormOutlined, TabletOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/questionnaires',
    permission: 'questionnaire.read',
    nav: { group: 'content', order: 10, icon: FormOutlined, label: 'nav.questionnaires' },
    component: lazyPage(async () => (await import('./catalogue/list-page.tsx')).QuestionnaireListPage),
  },
  {
    path: '/questionnaires/$code',
    permission: 'questionnaire.read',
    label: 'nav.questionnaire',
    component: lazyPage(async () => (await import('./catalogue/questionnaire-page.tsx')).QuestionnairePage),
  },
  {
    path: '/questionnaires/$code/design',
    permission: 'questionnaire.design',
    label: 'design.title',
    component: lazyPage(async () => (await import('./catalogue/designer-page.tsx')).DesignerPage),
  },
  {
    path: '/questionnaire-templates',
    permission: 'questionnaire.read',
    label: 'template.title',
    component: lazyPage(async () => (await import('./catalogue/templates-page.tsx')).TemplatesPage),
  },
  {
    path: '/questionnaire-templates/$code',
    permission: 'questionnaire.read',
    label: 'template.title',
    component: lazyPage(async () => (await import('./catalogue/template-page.tsx')).TemplatePage),
  },
  {
    path: '/questionnaire-kiosks',
    permission: 'questionnaire.send',
    nav: { group: 'settings', order: 70, icon: TabletOutlined, label: 'kiosks.title' },
    component: lazyPage(async () => (await import('./kiosks-page.tsx')).KiosksPage),
  },
  {
    path: '/questionnaire-interviews/$patientId',
    label: 'interview.title',
    permission: 'questionnaire.interview',
    component: lazyPage(async () => (await import('./interview/interview-page.tsx')).InterviewPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'questionnaires',
    group: 'assessment',
    label: 'tab.title',
    order: 20,
    permission: 'questionnaire.answers',
    component: lazyPart(async () => (await import('./questionnaire-tab.tsx')).QuestionnaireTab),
  },
]
