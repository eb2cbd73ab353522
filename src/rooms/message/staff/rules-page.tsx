import { AddressTabs, Page, useT } from '../../../platform/web/index.ts'
import { HolidaysTab } from './holidays-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { StopsTab } from './stops-tab.tsx'
import { SuppressionsTab } from './suppressions-tab.tsx'

/** 发送规则: what decides whether and when a message may go. */
export function RulesPage() {
  const t = useT('message')
  const items = [
    { key: 'rules', label: t('rules.tab.rules'), content: <RulesTab /> },
    { key: 'holidays', label: t('rules.tab.holidays'), content: <HolidaysTab /> },
    { key: 'stops', label: t('rules.tab.stops'), content: <StopsTab /> },
    { key: 'suppressions', label: t('rules.tab.suppressions'), content: <SuppressionsTab /> },
  ]
  return (
    <Page title={t('nav.rules')} hint={t('rules.hint')}>
      <AddressTabs items={items} />
    </Page>
  )
}
