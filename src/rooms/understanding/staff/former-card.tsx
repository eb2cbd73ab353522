import { Card, InstantText, Row, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { readUnderstanding, restoreEntry, type FormerEntry, type Understanding } from '../contract/understanding.ts'
import { EntryLine } from './entry-line.tsx'

/** What was said before, and who changed what. */
export function FormerCard({ patientId, data }: { patientId: string; data: Understanding }) {
  const t = useT('understanding')
  if (data.acts.length === 0) return null
  return (
    <>
      {data.former.length > 0 && (
        <Card title={t('tab.former')}>
          <ul className="us-list">
            {data.former.map((entry) => (
              <li key={entry.id}>
                <Former patientId={patientId} entry={entry} canWrite={data.can.write} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t('tab.acts')}>
        <Stack tight>
          {data.acts.map((act) => {
            const values = { by: act.by, act: t(`act.${act.act}`), kind: t(`kind.${act.kind}`) }
            return (
              <Row key={`${act.entryId} ${act.at} ${act.act}`}>
                <span>{act.byPatient ? t('tab.actByPatient', values) : t('tab.actLine', values)}</span>
                <span className="pb-hint">
                  <InstantText at={act.at} />
                </span>
              </Row>
            )
          })}
        </Stack>
      </Card>
    </>
  )
}

interface FormerProps {
  patientId: string
  entry: FormerEntry
  canWrite: boolean
}

/** What the person has crossed out, they alone put back. */
function Former({ patientId, entry, canWrite }: FormerProps) {
  const t = useT('understanding')
  const say = useSay()
  const restore = useAction(restoreEntry, {
    invalidates: [readUnderstanding],
    onDone: () => say.done(t('tab.restored')),
  })
  const params = { patientId: patientId as never, entryId: entry.id }
  return (
    <EntryLine entry={entry} over>
      <Status>{endOf(t, entry)}</Status>
      {entry.because && <span className="pb-hint">{t('tab.because', { because: entry.because })}</span>}
      {canWrite && !entry.corrected && !entry.endedByPatient && (
        <button
          type="button"
          className="pb-link"
          disabled={restore.isPending}
          onClick={() => restore.mutate({ params, body: {} }, { onError: say.problem })}
        >
          {t('tab.restore')}
        </button>
      )}
    </EntryLine>
  )
}

function endOf(t: ReturnType<typeof useT>, entry: FormerEntry): string {
  if (entry.corrected) return t('tab.corrected')
  return entry.endedByPatient ? t('tab.byPatient') : t('tab.end')
}
