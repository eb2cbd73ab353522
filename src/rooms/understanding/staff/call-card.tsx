import { Loading, ProblemAlert, Stack, useApi, useT, type CallPartProps } from '../../../platform/web/index.ts'
import { readUnderstanding } from '../contract/understanding.ts'
import { ENTRY_KINDS } from '../contract/words.ts'
import { EntryLine } from './entry-line.tsx'

/** First who they are, then the call: their words, how they wish to be spoken to before all. */
export function CallCard({ patientId }: CallPartProps) {
  const t = useT('understanding')
  const params = { patientId: patientId as never }
  const { data, error, refetch } = useApi(readUnderstanding, { params }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={2} />
  if (data.entries.length === 0) return <p className="pb-hint">{t('call.none')}</p>
  const rank = (kind: (typeof ENTRY_KINDS)[number]) => (kind === 'manner' ? -1 : ENTRY_KINDS.indexOf(kind))
  return (
    <Stack tight>
      {data.entries
        .toSorted((a, b) => rank(a.kind) - rank(b.kind))
        .map((entry) => (
          <section key={entry.id} aria-label={t(`kind.${entry.kind}`)}>
            <span className="pb-hint">{t(`kind.${entry.kind}`)}</span>
            <EntryLine entry={entry} />
          </section>
        ))}
    </Stack>
  )
}
