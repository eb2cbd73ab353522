import { ReadOutlined } from '@ant-design/icons'
import { ask, lazyPage, type StaffPage } from '../../../platform/web/index.ts'
import { listIssues } from '../contract/newsletter.ts'

export const pages: StaffPage[] = [
  {
    path: '/newsletters',
    permission: 'campaign.read',
    nav: { group: 'content', order: 41, icon: ReadOutlined, label: 'nav.newsletters' },
    ahead: () => [{ asks: () => [ask(listIssues)] }],
    component: lazyPage(async () => (await import('./issue-list-page.tsx')).IssueListPage),
  },
  {
    path: '/newsletters/$issueId',
    permission: 'campaign.read',
    label: 'one',
    component: lazyPage(async () => (await import('./issue-page.tsx')).IssuePage),
  },
]
