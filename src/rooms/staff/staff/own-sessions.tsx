import { Button } from 'antd'
import { InstantText, Loading, ProblemAlert, Status, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { listSessions, revokeOtherSessions, revokeSession } from '../contract/account.ts'
import { browserName } from './browser-name.ts'

/** Where one is signed in, and the way to end it. */
export function OwnSessions() {
  const t = useT('staff')
  const say = useSay()
  const { data, error, refetch } = useApi(listSessions)
  const end = useAction(revokeSession, { invalidates: [listSessions], onDone: () => say.done(t('session.ended', { count: 1 })) })
  const endOthers = useAction(revokeOtherSessions, { invalidates: [listSessions], onDone: ({ revoked }) => say.done(t('session.ended', { count: revoked })) })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <>
      <ProblemAlert problem={end.error ?? endOthers.error} />
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {data.sessions.map(({ id, isCurrent, lastSeenAt, address, userAgent }) => (
          <li key={id} style={{ display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between', padding: '8px 0', borderBottom: '1px solid var(--pb-line)' }}>
            <div>
              <div>{browserName(userAgent) ?? t('session.unknown')}</div>
              <div className="pb-hint">
                {address} · <InstantText at={lastSeenAt} />
              </div>
            </div>
            {isCurrent ? (
              <Status tone="good">{t('session.current')}</Status>
            ) : (
              <Button size="small" loading={end.isPending} onClick={() => end.mutate({ params: { sessionId: id } })}>
                {t('session.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data.sessions.length > 1 && (
        <p style={{ margin: '12px 0 0' }}>
          <Button loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            {t('session.endOthers', { count: data.sessions.length - 1 })}
          </Button>
        </p>
      )}
    </>
  )
}
