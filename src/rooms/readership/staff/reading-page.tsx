import { AddressTabs, Page, useT } from '../../../platform/web/index.ts'
import { FiguresTab } from './figures-tab.tsx'
import { ReportsTab } from './reports-tab.tsx'

/** 阅读统计: whether mails were read, by days and month by month. */
export function ReadingPage() {
  const t = useT('readership')
  return (
    <Page title={t('reading.title')} hint={t('reading.hint')}>
      <AddressTabs
        items={[
          { key: 'figures', label: t('reading.tabs.figures'), content: <FiguresTab /> },
          { key: 'reports', label: t('reading.tabs.reports'), content: <ReportsTab /> },
        ]}
      />
    </Page>
  )
}
