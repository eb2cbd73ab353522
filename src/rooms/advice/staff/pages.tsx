import { BulbOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type ChoiceSource, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/advice-cards',
    permission: 'advice.content.read',
    nav: { group: 'content', order: 26, icon: BulbOutlined, label: 'nav.cards' },
    component: lazyPage(async () => (await import('./card-list-page.tsx')).CardListPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'advice',
    group: 'care',
    label: 'tab.title',
    order: 40,
    permission: 'advice.read',
    component: lazyPart(async () => (await import('./advice-tab.tsx')).AdviceTab),
  },
]

export const choiceSources: ChoiceSource[] = [
  {
    key: 'advice-cards',
    permission: 'advice.content.read',
    load: async () => (await import('./card-choices.ts')).cardChoices(),
  },
]
