import { Facts, Loading, ProblemAlert, SideDrawer, Stack, Status, useApi, useT } from '../../../platform/web/index.ts'
import { getAuditEntry } from '../contract/audit.ts'
import { actionWords } from './action-words.ts'
import { ActorName, OUTCOME_TONES } from './audit-search.tsx'
import { ExactTime } from './exact-time.tsx'

/** One entry whole, with its place in the chain. */
export function EntryDrawer({ entryId, onClose }: { entryId: string | undefined; onClose: () => void }) {
  const t = useT('audit')
  return (
    <SideDrawer title={t('entry.title')} open={entryId !== undefined} onClose={onClose}>
      {entryId && <Entry key={entryId} entryId={entryId} />}
    </SideDrawer>
  )
}

function Entry({ entryId }: { entryId: string }) {
  const t = useT('audit')
  const { data, error, refetch } = useApi(getAuditEntry, { params: { auditEntryId: entryId } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const id = (text: string | null) => text && <span className="pb-number" style={{ wordBreak: 'break-all' }}>{text}</span>
  return (
    <Stack>
      <Facts
        items={[
          [t('entry.at'), <ExactTime key="at" at={data.at} />],
          [t('entry.actor'), <ActorName key="actor" entry={data} />],
          [t('entry.action'), `${actionWords(t, data.action)}`],
          [t('entry.outcome'), <Status key="outcome" tone={OUTCOME_TONES[data.outcome]}>{t(`outcome.${data.outcome}`)}</Status>],
          [t('entry.address'), data.address],
          [t('entry.code'), data.action],
          [t('entry.patient'), id(data.patientId)],
          [t('entry.subject'), id(data.subjectId)],
          [t('entry.request'), id(data.requestId)],
          [t('entry.place'), data.link ? t('entry.linked', { sequence: data.link.sequence }) : t('entry.waiting')],
        ]}
      />
      {Object.keys(data.detail).length > 0 && (
        <div>
          <h3 style={{ fontSize: 14, margin: '0 0 8px' }}>{t('entry.detail')}</h3>
          <pre style={{ margin: 0, whiteSpace: 'pre-wrap', wordBreak: 'break-word' }}>{JSON.stringify(data.detail, null, 2)}</pre>
        </div>
      )}
      {data.link && (
        <div>
          <h3 style={{ fontSize: 14, margin: '0 0 8px' }}>{t('entry.hash')}</h3>
          <code style={{ wordBreak: 'break-all' }}>{data.link.hash}</code>
        </div>
      )}
    </Stack>
  )
}
