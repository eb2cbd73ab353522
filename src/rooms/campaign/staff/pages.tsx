import { ScheduleOutlined } from '@ant-design/icons'
import { ask, lazyPage, type StaffPage } from '../../../platform/web/index.ts'
import { listCampaigns } from '../contract/campaign.ts'

export const pages: StaffPage[] = [
  {
    path: '/campaigns',
    permission: 'campaign.read',
    nav: { group: 'patients', order: 24, icon: ScheduleOutlined, label: 'nav.campaigns' },
    ahead: () => [{ asks: () => [ask(listCampaigns)] }],
    component: lazyPage(async () => (await import('./campaign-list-page.tsx')).CampaignListPage),
  },
  {
    path: '/campaigns/new',
    permission: 'campaign.write',
    label: 'edit.new',
    component: lazyPage(async () => (await import('./editor-page.tsx')).NewCampaignPage),
  },
  {
    path: '/campaigns/calendar',
    permission: 'campaign.read',
    label: 'calendar.title',
    component: lazyPage(async () => (await import('./calendar-page.tsx')).CalendarPage),
  },
  {
    path: '/campaigns/$campaignId',
    permission: 'campaign.read',
    label: 'one',
    component: lazyPage(async () => (await import('./campaign-page.tsx')).CampaignPage),
  },
  {
    path: '/campaigns/$campaignId/edit',
    permission: 'campaign.write',
    label: 'edit.title',
    component: lazyPage(async () => (await import('./editor-page.tsx')).EditCampaignPage),
  },
]
