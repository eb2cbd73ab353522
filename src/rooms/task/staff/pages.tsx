import { CheckSquareOutlined, HomeOutlined } from '@ant-design/icons'
import { lazyPage, lazyPart, type Command, type PatientTab, type StaffPage, type TimelineSource } from '../../../platform/web/index.ts'
import { taskTimeline } from '../contract/timeline.ts'

export const pages: StaffPage[] = [
  {
    path: '/',
    permission: 'task.read',
    nav: { group: 'daily', order: 10, icon: HomeOutlined, label: 'nav.workbench' },
    component: lazyPage(async () => (await import('./workbench-page.tsx')).WorkbenchPage),
    brings: ['workbenchParts'],
  },
  {
    path: '/tasks',
    permission: 'task.read',
    nav: { group: 'daily', order: 25, icon: CheckSquareOutlined, label: 'nav.tasks' },
    component: lazyPage(async () => (await import('./task-list-page.tsx')).TaskListPage),
  },
]

export const patientTabs: PatientTab[] = [
  {
    key: 'tasks',
    group: 'care',
    label: 'tab.tasks',
    order: 10,
    permission: 'task.read',
    component: lazyPart(async () => (await import('./patient-tasks-tab.tsx')).PatientTasksTab),
  },
]

export const commands: Command[] = [{ key: 'new-task', label: 'command.newTask', permission: 'task.create', to: '/tasks?open=new' }]

export const timelineSources: TimelineSource[] = [
  { key: 'task', label: 'timeline.source', order: 40, permission: 'task.read', endpoint: taskTimeline, onAxis: ['follow-up', 'recheck'] },
]
