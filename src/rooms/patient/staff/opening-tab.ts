import type { PatientTab } from '../../../platform/web/index.ts'

/** The tab that a patient's page begins with: the one that the address names, else the overview; none where there is none. */
export function openingTab(tabs: readonly PatientTab[], asked: unknown): PatientTab[] {
  const tab = tabs.find(({ key }) => key === asked) ?? tabs.find(({ group }) => group === 'overview')
  return tab ? [tab] : []
}
