import { lazyPage, type Command, type StaffPage } from '../../../platform/web/index.ts'

export const commands: Command[] = [
  { key: 'praise-rule', label: 'rule.title', permission: 'praise.rule.write', to: '/praise-rule' },
]

export const pages: StaffPage[] = [
  {
    path: '/praise-rule',
    permission: 'praise.rule.write',
    label: 'rule.title',
    component: lazyPage(async () => (await import('./rule-page.tsx')).RulePage),
  },
]
