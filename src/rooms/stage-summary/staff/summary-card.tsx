import { useState } from 'react'
import {
  Card,
  DateText,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  Status,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import { readSummary, type SummaryView } from '../contract/summary.ts'
import type { Section } from '../contract/words.ts'
import { EditSummary } from './edit-summary.tsx'
import { FactsOf } from './facts-of.tsx'
import { STATE_TONES } from './states.ts'
import { SummaryActs } from './summary-acts.tsx'

/** One summary: every sentence opens what it rests on; beside it, on demand, the one before. */
export function SummaryCard({
  patientId,
  summaryId,
  onOpen,
}: {
  patientId: string
  summaryId: string
  onOpen: (id: string) => void
}) {
  const t = useT('stage-summary')
  const [editing, setEditing] = useState(false)
  const { data, error, refetch } = useApi(readSummary, {
    params: { patientId: patientId as never, summaryId: summaryId as never },
  })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  return (
    <Card
      title={
        <>
          <DateText date={data.fromOn} /> – <DateText date={data.untilOn} />
        </>
      }
      extra={<Status tone={STATE_TONES[data.state]}>{t(`state.${data.state}`)}</Status>}
    >
      <Stack>
        <p className="pb-hint">
          {t('view.version', { version: data.version })} · {t('view.by', { name: data.draftedBy })}{' '}
          <InstantText at={data.draftedAt} />
          {data.signedAt && (
            <>
              {' · '}
              {t('view.signedBy', { name: data.signedBy ?? '' })} <InstantText at={data.signedAt} />
            </>
          )}
          {data.sentAt && (
            <>
              {' · '}
              {t('view.sent')} <InstantText at={data.sentAt} />
            </>
          )}
          {data.readAt && (
            <>
              {' · '}
              {t('view.read')} <InstantText at={data.readAt} />
            </>
          )}
          {data.because && ` · ${t('view.because', { because: data.because })}`}
        </p>
        {editing ? (
          <EditSummary patientId={patientId} summary={data} onClose={() => setEditing(false)} />
        ) : (
          <>
            {data.sections.map((section) => (
              <SectionPart key={section.key} section={section} summary={data} />
            ))}
            <SummaryActs patientId={patientId} summary={data} onEdit={() => setEditing(true)} onOpen={onOpen} />
          </>
        )}
      </Stack>
    </Card>
  )
}

function SectionPart({ section, summary }: { section: Section; summary: SummaryView }) {
  const t = useT('stage-summary')
  const former = summary.former?.sections.find(({ key }) => key === section.key)?.sentences ?? []
  const isOwn = section.key === 'doctor' || section.key === 'next'
  if (section.sentences.length === 0 && former.length === 0 && !isOwn) return null
  return (
    <section aria-label={t(`section.${section.key}`)}>
      <h3>{t(`section.${section.key}`)}</h3>
      {section.sentences.length === 0 && <p className="pb-hint">{t('view.empty')}</p>}
      <ul className="ss-sentences">
        {section.sentences.map((sentence) => (
          <li key={sentence.id}>
            <FactsOf sentence={sentence} facts={summary.facts} />
          </li>
        ))}
      </ul>
      {former.length > 0 && (
        <details className="ss-former">
          <summary>{t('view.compare')}</summary>
          {former.map(({ id, text }) => (
            <p key={id} className="pb-hint">
              {text}
            </p>
          ))}
        </details>
      )}
    </section>
  )
}
