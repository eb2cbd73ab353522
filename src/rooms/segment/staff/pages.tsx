import { GroupOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { lazyPage, type StaffPage } from '../../../platform/web/index.ts'

export const pages: StaffPage[] = [
  {
    path: '/worklists',
    permission: 'worklist.read',
    nav: { group: 'daily', order: 24, icon: UnorderedListOutlined, label: 'nav.worklists' },
    component: lazyPage(async () => (await import('./worklist-list-page.tsx')).WorklistListPage),
  },
  {
    path: '/worklists/new',
    permission: 'worklist.write',
    label: 'list.new',
    component: lazyPage(async () => (await import('./worklist-edit-page.tsx')).NewWorklistPage),
  },
  {
    path: '/worklists/$worklistId',
    permission: 'worklist.read',
    label: 'nav.worklist',
    component: lazyPage(async () => (await import('./worklist-page.tsx')).WorklistPage),
  },
  {
    path: '/worklists/$worklistId/edit',
    permission: 'worklist.write',
    label: 'list.edit',
    component: lazyPage(async () => (await import('./worklist-edit-page.tsx')).EditWorklistPage),
  },
  {
    path: '/segments',
    permission: 'segment.read',
    nav: { group: 'content', order: 52, icon: GroupOutlined, label: 'nav.segments' },
    component: lazyPage(async () => (await import('./segment-list-page.tsx')).SegmentListPage),
  },
  {
    path: '/segments/new',
    permission: 'segment.write',
    label: 'edit.new',
    component: lazyPage(async () => (await import('./segment-edit-page.tsx')).NewSegmentPage),
  },
  {
    path: '/segments/$segmentId',
    permission: 'segment.read',
    label: 'nav.segment',
    component: lazyPage(async () => (await import('./segment-page.tsx')).SegmentPage),
  },
  {
    path: '/segments/$segmentId/edit',
    permission: 'segment.write',
    label: 'edit.title',
    component: lazyPage(async () => (await import('./segment-edit-page.tsx')).EditSegmentPage),
  },
]
