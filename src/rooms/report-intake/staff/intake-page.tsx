import { AddressTabs, Page, useT } from '../../../platform/web/index.ts'
import { OverviewTab } from './overview-tab.tsx'
import { PersonsTab } from './persons-tab.tsx'
import { TroublesTab } from './troubles-tab.tsx'

/** 报告接入: what came in, whose it is, what went wrong. */
export function IntakePage() {
  const t = useT('report-intake')
  return (
    <Page title={t('nav.intake')} hint={t('page.hint')}>
      <AddressTabs
        items={[
          { key: 'overview', label: t('tab.overview'), content: <OverviewTab /> },
          { key: 'persons', label: t('tab.persons'), content: <PersonsTab /> },
          { key: 'troubles', label: t('tab.troubles'), content: <TroublesTab /> },
        ]}
      />
    </Page>
  )
}
