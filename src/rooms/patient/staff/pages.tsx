import { MergeCellsOutlined, TeamOutlined, UploadOutlined } from '@ant-design/icons'
import {
  aheadOf,
  ask,
  call,
  language,
  lazyPage,
  type Command,
  type PatientTab,
  type SearchSource,
  type StaffPage,
} from '../../../platform/web/index.ts'
import { getPatient, searchPatients } from '../contract/patient.ts'
import { openingTab } from './opening-tab.ts'

export const pages: StaffPage[] = [
  {
    path: '/patients',
    permission: 'patient.read',
    nav: { group: 'patients', order: 10, icon: TeamOutlined, label: 'nav.patients' },
    component: lazyPage(async () => (await import('./patient-list-page.tsx')).PatientListPage),
  },
  {
    path: '/patients/$patientId',
    permission: 'patient.read',
    label: 'nav.patient',
    component: lazyPage(async () => (await import('./patient-page.tsx')).PatientPage),
    brings: ['patientHeaderParts'],
    ahead: ({ params: { patientId = '' }, search, parts }) => [
      {
        asks: () => [ask(getPatient, { params: { patientId } })],
      },
      ...[...parts('patientHeaderParts'), ...openingTab(parts('patientTabs'), search['tab'])].map((part) =>
        aheadOf(part, { patientId }),
      ),
    ],
  },
  {
    path: '/patients/doubles',
    permission: 'patient.merge',
    nav: { group: 'patients', order: 80, icon: MergeCellsOutlined, label: 'nav.doubles' },
    component: lazyPage(async () => (await import('./merge-page.tsx')).MergePage),
  },
  {
    path: '/patients/import',
    permission: 'patient.import',
    nav: { group: 'patients', order: 90, icon: UploadOutlined, label: 'nav.import' },
    component: lazyPage(async () => (await import('./import-page.tsx')).ImportPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'identity',
    group: 'contact',
    label: 'tab.identity',
    order: 20,
    permission: 'patient.read',
    component: lazyPage(
      async () => (await import('./identity-tab.tsx')).IdentityTab as never,
    ) as PatientTab['component'],
  },
]

export const searchSources: SearchSource[] = [
  {
    key: 'patients',
    label: 'search.source',
    order: 10,
    permission: 'patient.read',
    search: async (text, signal) => {
      // Fetched with the first search: this file is part of every first load.
      const { searchItemOf } = await import('./search-item.ts')
      const { rows } = await call(searchPatients, { query: { q: text, limit: 8 } }, { signal })
      return rows.map((row) => searchItemOf(row, (key) => language.text('patient', key)))
    },
  },
]

export const commands: Command[] = [
  { key: 'open-card', label: 'command.openCard', permission: 'card.open', to: '/patients?open=new' },
]
