import { NodeIndexOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/stages',
    permission: 'care-stage.read',
    nav: { group: 'care', order: 66, icon: NodeIndexOutlined, label: 'nav.stages' },
    component: lazyPage(async () => (await import('./stages-page.tsx')).StagesPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'stage',
    label: 'tab.title',
    order: 56,
    permission: 'care-stage.read',
    component: lazyPart(async () => (await import('./stage-tab.tsx')).StageTab),
  },
]
