import { lazyPart, type PatientTab } from '../../../platform/web/index.ts'

export const pages = []

export const patientTabs: PatientTab[] = [
  {
    key: 'files',
    group: 'contact',
    label: 'tab.files',
    order: 20,
    permission: 'message.read',
    component: lazyPart(async () => (await import('./files-tab.tsx')).FilesTab),
  },
]
