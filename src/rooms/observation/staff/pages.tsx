import {
  ask,
  lazyPart,
  type PatientHeaderPart,
  type PatientTab,
  type TimelineSource,
} from '../../../platform/web/index.ts'
import { listIndicators } from '../contract/indicators.ts'
import { getOverview } from '../contract/overview.ts'
import { recordTimeline } from '../contract/timeline.ts'

/** The whole and the allergies in the head are one answer. */
const overview = ({ patientId }: { patientId: string }) => [ask(getOverview, { params: { patientId } })]

export const patientTabs: PatientTab[] = [
  {
    key: 'overview',
    group: 'overview',
    label: 'tab.overview',
    order: 10,
    permission: 'record.read',
    component: lazyPart(async () => (await import('./overview-tab.tsx')).OverviewTab),
    asks: overview,
  },
  {
    key: 'timeline',
    group: 'record',
    label: 'tab.timeline',
    order: 10,
    permission: 'record.read',
    component: lazyPart(async () => (await import('./timeline-tab.tsx')).TimelineTab),
  },
  {
    key: 'indicators',
    group: 'record',
    label: 'tab.indicators',
    order: 20,
    permission: 'record.read',
    component: lazyPart(async () => (await import('./indicators-tab.tsx')).IndicatorsTab),
    asks: ({ patientId }) => [ask(listIndicators, { params: { patientId } })],
  },
  {
    key: 'reports',
    group: 'record',
    label: 'tab.reports',
    order: 30,
    permission: 'record.read',
    component: lazyPart(async () => (await import('./reports-tab.tsx')).ReportsTab),
  },
]

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'allergies',
    order: 10,
    permission: 'record.read',
    component: lazyPart(async () => (await import('./allergy-part.tsx')).AllergyPart),
    asks: overview,
  },
]

export const timelineSources: TimelineSource[] = [
  { key: 'record', order: 10, label: 'timeline.source', permission: 'record.read', endpoint: recordTimeline },
]
