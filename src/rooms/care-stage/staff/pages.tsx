import { NodeIndexOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/stages',
    permission: 'care-stage.read',
    nav: { group: 'patients', order: 40, icon: NodeIndexOutlined, label: 'nav.stages' },
    component: lazyPage(async () => (await import('./stages-page.tsx')).StagesPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'stage',
    group: 'care',
    label: 'tab.title',
    order: 50,
    permission: 'care-stage.read',
    component: lazyPart(async () => (await import('./stage-tab.tsx')).StageTab),
  },
]
