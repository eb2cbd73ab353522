import { FrownOutlined } from '@ant-design/icons'
import {
  ask,
  lazyPage,
  lazyPart,
  type PatientHeaderPart,
  type PatientTab,
  type StaffPage,
} from '../../../platform/web/index.ts'
import { patientComplaints } from '../contract/complaint.ts'

export const pages: StaffPage[] = [
  {
    path: '/complaints',
    permission: 'complaint.read',
    nav: { group: 'patients', order: 26, icon: FrownOutlined, label: 'nav.complaints' },
    component: lazyPage(async () => (await import('./complaints-page.tsx')).ComplaintsPage),
  },
]

const asked = ({ patientId }: { patientId: string }) => [
  ask(patientComplaints, { params: { patientId: patientId as never } }),
]

export const patientTabs: PatientTab[] = [
  {
    key: 'complaint',
    group: 'contact',
    label: 'tab.title',
    order: 12,
    permission: 'complaint.take',
    component: lazyPart(async () => (await import('./complaint-tab.tsx')).ComplaintTab),
    asks: asked,
  },
]

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'complaint',
    order: 8,
    permission: 'complaint.read',
    component: lazyPart(async () => (await import('./header-part.tsx')).ComplaintPart),
    asks: asked,
  },
]
