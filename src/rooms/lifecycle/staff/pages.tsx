import { HeartOutlined, PartitionOutlined } from '@ant-design/icons'
import {
  ask,
  lazyPage,
  lazyPart,
  type PatientHeaderPart,
  type PatientTab,
  type StaffPage,
} from '../../../platform/web/index.ts'
import { readRelationship } from '../contract/lifecycle.ts'

export const pages: StaffPage[] = [
  {
    path: '/relationships',
    permission: 'lifecycle.read',
    nav: { group: 'patients', order: 42, icon: HeartOutlined, label: 'nav.people' },
    component: lazyPage(async () => (await import('./people-page.tsx')).PeoplePage),
  },
  {
    path: '/relationship-rules',
    permission: 'lifecycle.rule.read',
    nav: { group: 'content', order: 53, icon: PartitionOutlined, label: 'nav.rules' },
    component: lazyPage(async () => (await import('./rules-page.tsx')).RulesPage),
  },
  {
    path: '/relationship-rules/$stage/edit',
    permission: 'lifecycle.rule.write',
    label: 'nav.rule',
    component: lazyPage(async () => (await import('./rule-edit-page.tsx')).RuleEditPage),
  },
]

const asked = ({ patientId }: { patientId: string }) => [
  ask(readRelationship, { params: { patientId: patientId as never } }),
]

export const patientTabs: PatientTab[] = [
  {
    key: 'relationship',
    group: 'care',
    label: 'tab.title',
    order: 45,
    permission: 'lifecycle.read',
    component: lazyPart(async () => (await import('./relationship-tab.tsx')).RelationshipTab),
    asks: asked,
  },
]

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'relationship',
    order: 20,
    permission: 'lifecycle.read',
    component: lazyPart(async () => (await import('./stage-chip.tsx')).StageChip),
    asks: asked,
  },
]
