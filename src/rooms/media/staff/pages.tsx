import { PictureOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type PatientHeaderPart, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/media',
    permission: 'media.read',
    nav: { group: 'content', order: 27, icon: PictureOutlined, label: 'nav.library' },
    component: lazyPage(async () => (await import('./library-page.tsx')).LibraryPage),
  },
]

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'media',
    order: 61,
    permission: 'patient-access.send',
    component: lazyPart(async () => (await import('./send-part.tsx')).SendPart),
  },
]
