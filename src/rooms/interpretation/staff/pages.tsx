import { CommentOutlined } from '@ant-design/icons'
import {
  lazyPage,
  lazyPart,
  type PatientTab,
  type StaffPage,
  type TimelineSource,
} from '../../../platform/web/index.ts'
import { interpretationTimeline } from '../contract/order.ts'

export const pages: StaffPage[] = [
  {
    path: '/interpretations',
    permission: 'interpretation.read',
    nav: { group: 'daily', order: 26, icon: CommentOutlined, label: 'nav.board' },
    component: lazyPage(async () => (await import('./board-page.tsx')).BoardPage),
  },
  {
    path: '/interpretations/$orderId',
    permission: 'interpretation.do',
    label: 'talk.page',
    component: lazyPage(async () => (await import('./talk-page.tsx')).TalkPage),
  },
  {
    path: '/interpretation-times',
    permission: 'interpretation.do',
    label: 'nav.times',
    component: lazyPage(async () => (await import('./times-page.tsx')).TimesPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'interpretation',
    group: 'summary',
    label: 'tab.title',
    order: 40,
    permission: 'interpretation.read',
    component: lazyPart(async () => (await import('./interpretation-tab.tsx')).InterpretationTab),
  },
]

export const timelineSources: TimelineSource[] = [
  {
    key: 'interpretation',
    order: 60,
    label: 'timeline.label',
    permission: 'interpretation.read',
    endpoint: interpretationTimeline,
  },
]
