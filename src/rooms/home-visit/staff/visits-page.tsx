import { Card, Page, useApiPages, useT } from '../../../platform/web/index.ts'
import { listHomeVisits } from '../contract/home-visit.ts'
import { VisitList } from './visit-list.tsx'

/** 家访: those to one's own customers, newest first. */
export function VisitsPage() {
  const t = useT('home-visit')
  const rows = useApiPages(listHomeVisits, { query: { limit: 50 } } as never)
  return (
    <Page title={t('list.title')} hint={t('list.hint')}>
      <Card flush>
        <VisitList rows={rows} />
      </Card>
    </Page>
  )
}
