import { ScheduleOutlined } from '@ant-design/icons'
import { ask, lazyPage, lazyPart, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'
import { appointmentsOfPatient } from '../contract/appointment.ts'

export const pages: StaffPage[] = [
  {
    path: '/appointments',
    permission: 'appointment.read',
    nav: { group: 'daily', order: 23, icon: ScheduleOutlined, label: 'nav.day' },
    component: lazyPage(async () => (await import('./day-page.tsx')).DayPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'appointments',
    group: 'care',
    label: 'tab.title',
    order: 8,
    permission: 'appointment.read',
    component: lazyPart(async () => (await import('./appointments-tab.tsx')).AppointmentsTab),
    asks: ({ patientId }) => [ask(appointmentsOfPatient, { params: { patientId: patientId as never } })],
  },
]
