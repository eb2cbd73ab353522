import { AddressTabs, Loading, Page, ProblemAlert, useApi, useT } from '../../../platform/web/index.ts'
import { summarizeMessages } from '../contract/message.ts'
import { Ledger } from './ledger.tsx'
import { StopBanner } from './stop-banner.tsx'
import { Outbox } from './outbox.tsx'

/** Everything that was said to the people one looks after; the demo outbox as long as no mail server is set, or a stand-in runs. */
export function MessagesPage() {
  const t = useT('message')
  const { data, error, refetch } = useApi(summarizeMessages)
  return (
    <Page title={t('page.title')} hint={t('page.hint')}>
      <StopBanner />
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <AddressTabs
          items={[
            { key: 'ledger', label: t('page.ledger'), content: <Ledger /> },
            ...(data.mail === 'outbox' || data.standIns.length > 0
              ? [
                  {
                    key: 'outbox',
                    label: t('page.outbox'),
                    content: <Outbox mails={data.mail === 'outbox'} standIns={data.standIns} />,
                  },
                ]
              : []),
          ]}
        />
      )}
    </Page>
  )
}
