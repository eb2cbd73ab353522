import { AddressTabs, Page, useT } from '../../../platform/web/index.ts'
import { AuditSearch } from './audit-search.tsx'
import { ChainCheck } from './chain-check.tsx'

/** The log of who did what, and the check that it is whole. */
export function AuditPage() {
  const t = useT('audit')
  return (
    <Page title={t('page.title')} hint={t('page.hint')}>
      <AddressTabs
        items={[
          { key: 'search', label: t('page.search'), content: <AuditSearch /> },
          { key: 'chain', label: t('page.chain'), content: <ChainCheck /> },
        ]}
      />
    </Page>
  )
}
