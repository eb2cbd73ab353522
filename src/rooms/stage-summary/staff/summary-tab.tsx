import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateInput,
  DateText,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { draftSummary, listSummaries, type SummaryLine } from '../contract/summary.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { STATE_TONES } from './states.ts'
import { SummaryCard } from './summary-card.tsx'
import './stage-summary.css'

/** 阶段总结 of one person: the newest in full, the others in a line. */
export function SummaryTab({ patientId }: { patientId: string }) {
  const t = useT('stage-summary')
  const opened = useOpened('summary')
  const { data, error, refetch } = useApi(listSummaries, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  const shown = data.rows.find(({ id }) => id === opened.id) ?? data.rows[0]
  return (
    <Stack>
      {data.rows.length === 0 && <Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
      {data.can.draft && <Begin patientId={patientId} proposed={data.proposed} onDrafted={opened.open} />}
      {shown && <SummaryCard key={shown.id} patientId={patientId} summaryId={shown.id} onOpen={opened.open} />}
      {data.rows.length > 1 && (
        <Card title={t('list.title')}>
          <Stack tight>
            {data.rows.map((row) => (
              <Line key={row.id} row={row} onOpen={() => opened.open(row.id)} />
            ))}
          </Stack>
        </Card>
      )}
    </Stack>
  )
}

function Line({ row, onOpen }: { row: SummaryLine; onOpen: () => void }) {
  const t = useT('stage-summary')
  return (
    <Row>
      <button type="button" className="pb-link" onClick={onOpen}>
        <DateText date={row.fromOn} /> – <DateText date={row.untilOn} />
      </button>
      <Status tone={STATE_TONES[row.state]}>{t(`state.${row.state}`)}</Status>
      <span className="pb-hint">
        {t('view.version', { version: row.version })} ·{' '}
        {row.signedAt ? (
          <>
            {t('view.signedBy', { name: row.signedBy ?? '' })} <InstantText at={row.signedAt} />
          </>
        ) : (
          t('view.by', { name: row.draftedBy })
        )}
      </span>
    </Row>
  )
}

/** Which days it tells of; proposed is what the last one has left. */
function Begin({
  patientId,
  proposed,
  onDrafted,
}: {
  patientId: string
  proposed: { fromOn: string; untilOn: string }
  onDrafted: (id: string) => void
}) {
  const t = useT('stage-summary')
  const say = useSay()
  const [span, setSpan] = useState(proposed)
  const draft = useAction(draftSummary, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ id }) => {
      say.done(t('said.drafted'))
      onDrafted(id)
    },
  })
  return (
    <Card title={t('new.title')}>
      <Row>
        <label className="ss-date">
          {t('new.from')}
          <DateInput
            aria-label={t('new.from')}
            value={span.fromOn}
            onChange={(on) => on && setSpan({ ...span, fromOn: on })}
          />
        </label>
        <label className="ss-date">
          {t('new.until')}
          <DateInput
            aria-label={t('new.until')}
            value={span.untilOn}
            onChange={(on) => on && setSpan({ ...span, untilOn: on })}
          />
        </label>
        <Button
          type="primary"
          loading={draft.isPending}
          onClick={() =>
            draft.mutate({ params: { patientId: patientId as never }, body: span }, { onError: say.problem })
          }
        >
          {t('new.draft')}
        </Button>
      </Row>
    </Card>
  )
}
