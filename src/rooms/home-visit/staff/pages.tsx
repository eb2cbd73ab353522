import { HomeOutlined } from '@ant-design/icons'
import {
  lazyPage,
  lazyPart,
  type PatientTab,
  type StaffPage,
  type TaskPartSlot,
  type TimelineSource,
  type VisitPartSlot,
} from '../../../platform/web/index.ts'
import { homeVisitTimeline } from '../contract/home-visit.ts'

export const pages: StaffPage[] = [
  {
    path: '/home-visits',
    permission: 'home-visit.read',
    nav: { group: 'patients', order: 21, icon: HomeOutlined, label: 'list.title' },
    component: lazyPage(async () => (await import('./visits-page.tsx')).VisitsPage),
  },
  {
    path: '/home-visits/new',
    permission: 'home-visit.write',
    label: 'form.title',
    component: lazyPage(async () => (await import('./new-visit-page.tsx')).NewVisitPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'home-visits',
    group: 'care',
    label: 'list.title',
    order: 25,
    permission: 'home-visit.read',
    component: lazyPart(async () => (await import('./patient-tab.tsx')).PatientVisitsTab),
  },
]

export const visitParts: VisitPartSlot[] = [
  {
    key: 'home-visit',
    order: 10,
    permission: 'home-visit.read',
    component: lazyPart(async () => (await import('./follow-up-part.tsx')).FollowUpPart),
  },
]

export const taskParts: TaskPartSlot[] = [
  {
    key: 'home-visit',
    order: 10,
    permission: 'home-visit.write',
    component: lazyPart(async () => (await import('./task-part.tsx')).TaskPart),
  },
]

export const timelineSources: TimelineSource[] = [
  {
    key: 'home-visit',
    order: 45,
    label: 'list.title',
    permission: 'home-visit.read',
    endpoint: homeVisitTimeline,
    onAxis: ['seen'],
  },
]
