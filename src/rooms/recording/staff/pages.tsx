import { AudioOutlined } from '@ant-design/icons'
import {
  lazyPage,
  lazyPart,
  type CallPartSlot,
  type PatientTab,
  type StaffPage,
  type TopBarPart,
} from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/recordings',
    permission: 'recording.play',
    nav: { group: 'patients', order: 22, icon: AudioOutlined, label: 'list.title' },
    component: lazyPage(async () => (await import('./recordings-page.tsx')).RecordingsPage),
  },
  {
    path: '/recording-settings',
    permission: 'recording.rule.write',
    label: 'settings.title',
    component: lazyPage(async () => (await import('./settings-page.tsx')).SettingsPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'recordings',
    group: 'contact',
    label: 'list.title',
    order: 15,
    permission: 'recording.play',
    component: lazyPart(async () => (await import('./patient-tab.tsx')).PatientRecordingsTab),
  },
]

export const callParts: CallPartSlot[] = [
  {
    key: 'recording',
    order: 10,
    permission: 'recording.record',
    component: lazyPart(async () => (await import('./call-part.tsx')).CallPart),
  },
]

export const topBarParts: TopBarPart[] = [
  {
    key: 'recording',
    order: 5,
    permission: 'recording.record',
    component: lazyPart(async () => (await import('./top-bar-call.tsx')).TopBarCall),
  },
]
