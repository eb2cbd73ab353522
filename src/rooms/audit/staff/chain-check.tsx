import { Alert, Button } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { Card, Empty, InstantText, JobProgress, Loading, ProblemAlert, Stack, Status, useAction, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { listVerifications, startVerification } from '../contract/audit.ts'
import type { Verdict } from '../contract/verdict.ts'
import { EntryDrawer } from './entry-drawer.tsx'

type Verification = OutputOf<typeof listVerifications>['verifications'][number]
const LOOK_EVERY_MS = 1500

/** Has the chain recomputed and says what came out, this time and before. */
export function ChainCheck() {
  const t = useT('audit')
  const { data, error, refetch } = useApi(listVerifications, {}, { everyMs: LOOK_EVERY_MS })
  const start = useAction(startVerification, { invalidates: [listVerifications] })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const [latest, ...earlier] = data.verifications
  const isRunning = latest !== undefined && !latest.finishedAt
  const button = (
    <Button type="primary" loading={start.isPending} disabled={isRunning} onClick={() => start.mutate({})}>
      {t('chain.start')}
    </Button>
  )
  return (
    <Stack>
      <ProblemAlert problem={start.error} />
      <Card title={t('chain.title')} extra={latest ? button : undefined}>
        <p className="pb-hint" style={{ margin: '0 0 12px' }}>
          {t('chain.what')}
        </p>
        {!latest && <Empty title={t('chain.empty')} action={button} />}
        {isRunning && <JobProgress title={t('chain.running')} state={latest.total === null ? 'waiting' : 'running'} done={latest.checked} total={latest.total} />}
        {latest?.verdict && <Outcome verdict={latest.verdict} />}
      </Card>
      {latest && (
        <Card title={t('chain.before')}>
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {[latest, ...earlier].map((run) => (
              <Run key={run.id} run={run} />
            ))}
          </ul>
        </Card>
      )}
    </Stack>
  )
}

function Outcome({ verdict: { isWhole, links, faults, end } }: { verdict: Verdict }) {
  const t = useT('audit')
  const opened = useOpened('fault')
  return (
    <Stack tight>
      <Alert type={isWhole ? 'success' : 'error'} showIcon title={t(isWhole ? 'chain.whole' : 'chain.broken', { count: links })} description={isWhole ? undefined : t('chain.brokenNext')} />
      {faults.length > 0 && (
        <ul className="pb-reach">
          {faults.map(({ kind, sequence, entryId }) => (
            <li key={`${kind} ${sequence} ${entryId}`}>
              {t(`chain.fault.${kind}`, { sequence })}{' '}
              {entryId && kind !== 'missing-entry' && (
                <button type="button" className="pb-link" onClick={() => opened.open(entryId)}>
                  {t('chain.look')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {end && (
        <p className="pb-hint" style={{ margin: 0 }}>
          {t('chain.end')}{' '}
          <code style={{ wordBreak: 'break-all' }}>
            {end.sequence}:{end.hash}
          </code>
        </p>
      )}
      <EntryDrawer entryId={opened.id} onClose={opened.close} />
    </Stack>
  )
}

function Run({ run: { requestedAt, requestedByName, verdict } }: { run: Verification }) {
  const t = useT('audit')
  const tone = verdict ? (verdict.isWhole ? 'good' : 'danger') : 'due'
  return (
    <li style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 16px', padding: '6px 0', borderBottom: '1px solid var(--pb-line)' }}>
      <InstantText at={requestedAt} />
      <span>{requestedByName}</span>
      <Status tone={tone}>{t(verdict ? (verdict.isWhole ? 'chain.wasWhole' : 'chain.wasBroken') : 'chain.running')}</Status>
      {verdict && <span className="pb-hint pb-number">{t('chain.links', { count: verdict.links })}</span>}
    </li>
  )
}
