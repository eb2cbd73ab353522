import { CarryOutOutlined, ProfileOutlined } from '@ant-design/icons'
import {
  lazyPage,
  lazyPart,
  type PatientTab,
  type StaffPage,
  type TimelineSource,
} from '../../../platform/web/index.ts'
import { carePlanTimeline } from '../contract/plan.ts'

export const pages: StaffPage[] = [
  {
    path: '/care-plans',
    permission: 'care-plan.read',
    nav: { group: 'patients', order: 30, icon: CarryOutOutlined, label: 'nav.plans' },
    component: lazyPage(async () => (await import('./plan-list-page.tsx')).PlanListPage),
  },
  {
    path: '/care-plan-templates',
    permission: 'care-plan.template.read',
    nav: { group: 'content', order: 24, icon: ProfileOutlined, label: 'nav.templates' },
    component: lazyPage(async () => (await import('./template-list-page.tsx')).TemplateListPage),
  },
  {
    path: '/care-plan-templates/$code',
    permission: 'care-plan.template.read',
    label: 'nav.template',
    component: lazyPage(async () => (await import('./template-page.tsx')).TemplatePage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'care-plan',
    group: 'care',
    label: 'tab.plan',
    order: 30,
    permission: 'care-plan.read',
    component: lazyPart(async () => (await import('./plan-tab.tsx')).PlanTab),
  },
  {
    key: 'counselling',
    group: 'care',
    label: 'tab.counselling',
    order: 70,
    permission: 'counselling.note',
    component: lazyPart(async () => (await import('./counselling-tab.tsx')).CounsellingTab),
  },
  {
    key: 'mdt',
    group: 'care',
    label: 'tab.mdt',
    order: 60,
    permission: 'mdt.read',
    component: lazyPart(async () => (await import('./mdt-tab.tsx')).MdtTab),
  },
]

export const timelineSources: TimelineSource[] = [
  {
    key: 'care-plan',
    order: 55,
    label: 'tab.plan',
    permission: 'care-plan.read',
    endpoint: carePlanTimeline,
    onAxis: ['signed', 'ended'],
  },
]
