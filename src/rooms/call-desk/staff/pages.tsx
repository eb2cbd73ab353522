import { BarChartOutlined, PhoneOutlined } from '@ant-design/icons'
import { lazyPage, type Command, type StaffPage } from '../../../platform/web/index.ts'

/** The list of the exchange's recordings is reached from the palette and from the figures. */
export const commands: Command[] = [
  { key: 'call-sounds', label: 'sounds.title', permission: 'recording.rule.write', to: '/call-sounds' },
]

export const pages: StaffPage[] = [
  {
    path: '/call-desk',
    permission: 'call.do',
    nav: { group: 'daily', order: 22, icon: PhoneOutlined, label: 'nav.desk' },
    component: lazyPage(async () => (await import('./desk-page.tsx')).DeskPage),
  },
  {
    path: '/do-not-call',
    permission: 'call.do',
    label: 'blocks.title',
    component: lazyPage(async () => (await import('./blocks-page.tsx')).BlocksPage),
  },
  {
    path: '/call-figures',
    permission: 'call.figures',
    nav: { group: 'reports', order: 60, icon: BarChartOutlined, label: 'figures.title' },
    component: lazyPage(async () => (await import('./figures-page.tsx')).FiguresPage),
  },
  {
    path: '/call-sounds',
    permission: 'recording.rule.write',
    label: 'sounds.title',
    component: lazyPage(async () => (await import('./sounds-page.tsx')).SoundsPage),
  },
  {
    path: '/call-rules',
    permission: 'call.rule.read',
    label: 'rules.title',
    component: lazyPage(async () => (await import('./rules-page.tsx')).RulesPage),
  },
]
