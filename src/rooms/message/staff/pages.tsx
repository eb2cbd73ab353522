import { ControlOutlined, FileTextOutlined, MailOutlined } from '@ant-design/icons'
import {
  lazyPage,
  lazyPart,
  type PatientTab,
  type StaffPage,
  type TimelineSource,
  type TopBarPart,
} from '../../../platform/web/index.ts'
import { messageTimeline } from '../contract/message.ts'

export const pages: StaffPage[] = [
  {
    path: '/messages',
    permission: 'message.read',
    nav: { group: 'patients', order: 20, icon: MailOutlined, label: 'nav.messages' },
    component: lazyPage(async () => (await import('./messages-page.tsx')).MessagesPage),
  },
  {
    path: '/message-templates',
    permission: 'message.template.read',
    nav: { group: 'content', order: 40, icon: FileTextOutlined, label: 'nav.templates' },
    component: lazyPage(async () => (await import('./template-list-page.tsx')).TemplateListPage),
  },
  {
    path: '/message-templates/$code',
    permission: 'message.template.read',
    label: 'template.one',
    component: lazyPage(async () => (await import('./template-page.tsx')).TemplatePage),
  },
  {
    path: '/message-rules',
    permission: 'message.rule.read',
    nav: { group: 'content', order: 42, icon: ControlOutlined, label: 'nav.rules' },
    component: lazyPage(async () => (await import('./rules-page.tsx')).RulesPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'message',
    group: 'contact',
    label: 'tab.messages',
    order: 10,
    permission: 'message.read',
    component: lazyPart(async () => (await import('./patient-tab.tsx')).PatientMessagesTab),
  },
]

export const topBarParts: TopBarPart[] = [
  { key: 'notices', order: 10, component: lazyPart(async () => (await import('./bell.tsx')).Bell) },
]

export const timelineSources: TimelineSource[] = [
  { key: 'message', order: 60, label: 'timeline.source', permission: 'message.read', endpoint: messageTimeline },
]
