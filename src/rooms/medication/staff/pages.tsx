import { lazyPage, lazyPart, type Command, type PatientTab, type StaffPage } from '../../../platform/web/index.ts'

export const commands: Command[] = [
  { key: 'medication-rule', label: 'rule.title', permission: 'medication.rule.write', to: '/medication-rule' },
]

export const pages: StaffPage[] = [
  {
    path: '/medication-rule',
    permission: 'medication.rule.write',
    label: 'rule.title',
    component: lazyPage(async () => (await import('./rule-page.tsx')).RulePage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'medication',
    group: 'care',
    label: 'tab.title',
    order: 32,
    permission: 'medication.read',
    component: lazyPart(async () => (await import('./medication-tab.tsx')).MedicationTab),
  },
]
