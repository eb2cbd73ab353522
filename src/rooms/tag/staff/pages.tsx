import { TagsOutlined } from '@ant-design/icons'
import {
  ask,
  lazyPage,
  lazyPart,
  type PatientHeaderPart,
  type StaffPage,
  type TimelineSource,
} from '../../../platform/web/index.ts'
import { listPatientTags } from '../contract/tag.ts'
import { tagTimeline } from '../contract/timeline.ts'

export const pages: StaffPage[] = [
  {
    path: '/tag-rules',
    permission: 'tag.rule.read',
    nav: { group: 'content', order: 50, icon: TagsOutlined, label: 'nav.rules' },
    component: lazyPage(async () => (await import('./rule-list-page.tsx')).RuleListPage),
  },
]

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'tags',
    order: 30,
    permission: 'tag.read-service',
    component: lazyPart(async () => (await import('./tags-part.tsx')).TagsPart),
    asks: ({ patientId }) => [ask(listPatientTags, { params: { patientId: patientId as never } })],
  },
]

export const timelineSources: TimelineSource[] = [
  { key: 'tag', order: 40, label: 'timeline.source', permission: 'tag.read', endpoint: tagTimeline },
]
