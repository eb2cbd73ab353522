import { ask, lazyPart, type CallPartSlot, type PatientTab } from '../../../platform/web/index.ts'
import { readUnderstanding } from '../contract/understanding.ts'

export const patientTabs: PatientTab[] = [
  {
    key: 'understanding',
    group: 'overview',
    label: 'tab.title',
    order: 15,
    permission: 'understanding.read',
    component: lazyPart(async () => (await import('./understanding-tab.tsx')).UnderstandingTab),
    asks: ({ patientId }) => [ask(readUnderstanding, { params: { patientId: patientId as never } })],
  },
]

/** Before and while one speaks with somebody: to be read, not to be filled in. */
export const callParts: CallPartSlot[] = [
  {
    key: 'understanding',
    order: 5,
    label: 'call.title',
    permission: 'understanding.read',
    component: lazyPart(async () => (await import('./call-card.tsx')).CallCard),
  },
]
