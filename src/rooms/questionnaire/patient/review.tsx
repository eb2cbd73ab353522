import type { Fault, State } from '../../../clinical/questionnaire/index.ts'
import { useT } from '../../../platform/patient-web/index.ts'
import { KnownList } from './known-list.tsx'

/** The last look before handing in: what is still missing, and what the record had answered. */
export function Review({
  state,
  errors,
  known,
  failed,
  onGo,
}: {
  state: State
  errors: readonly Fault[]
  known: readonly State['places'][number][]
  failed: string | undefined
  onGo: (key: string) => void
}) {
  const t = useT('questionnaire')
  const [first] = errors
  return (
    <section>
      <h1>{t(first ? 'fill.missing' : 'fill.review', { count: errors.length })}</h1>
      <p>{t('fill.reviewHint')}</p>
      {first && (
        <button type="button" className="pp-button" data-kind="second" onClick={() => onGo(first.key)}>
          {t('fill.goThere')}
        </button>
      )}
      {known.length > 0 && <KnownList state={state} places={known} onChange={onGo} />}
      {failed && (
        <p className="pp-fault" role="alert">
          {failed}
        </p>
      )}
    </section>
  )
}
