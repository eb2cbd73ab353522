import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { Condition, SaidFault } from '../../condition/contract.ts'
import type { Bilingual } from '../../contract/words.ts'
import type { ApiProblem } from '../api/api-problem.ts'
import { ProblemAlert } from '../feedback/problem-alert.tsx'
import { useLocale, useT } from '../language/use-t.ts'
import { useSettled } from './use-asking.ts'

/** What a room answers when it is asked how many a condition holds for. */
export interface Counted {
  count: number | null
  /** Of how many. */
  of?: number
  /** What the room finds wrong besides, in the reader's language. */
  faults?: readonly string[]
}
export type Count = (condition: Condition, signal: AbortSignal) => Promise<Counted>

export interface ReadingPanelProps {
  name: string
  /** Undefined while nothing can be counted. */
  countable: Condition | undefined
  sentence: Bilingual | undefined
  faults: readonly SaidFault[]
  /** Questions that are not finished, and those that something is wrong with. */
  unfinished: number
  wrong: number
  isFresh: boolean
  problem: ApiProblem | null
  count: Count | undefined
}

/** Beside what one puts together: how it reads in both languages, and for how many people it holds now. */
export function ReadingPanel({ name, countable, sentence, faults, unfinished, wrong, isFresh, problem, count }: ReadingPanelProps) {
  const t = useT('web')
  const locale = useLocale()
  const [own, other] = locale === 'en' ? [sentence?.en, sentence?.zh] : [sentence?.zh, sentence?.en]
  return (
    <section className="pb-condition-panel" aria-label={t('condition.reads')}>
      <h3>{t('condition.reads')}</h3>
      {own ? (
        <div className={isFresh ? '' : 'pb-stale'}>
          <p className="pb-condition-sentence">{t('condition.sentence', { what: capital(own) })}</p>
          <p className="pb-hint" lang={locale === 'en' ? 'zh-CN' : 'en'}>
            {capital(other ?? '')}
          </p>
        </div>
      ) : (
        <p className="pb-hint">{t('condition.nothingYet')}</p>
      )}
      {unfinished > 0 && <p className="pb-due">{t('condition.unfinishedCount', { count: unfinished })}</p>}
      {wrong > 0 && <p className="pb-danger">{t('condition.wrongCount', { count: wrong })}</p>}
      {faults.map((fault) => (
        <Alert key={fault.code} type="warning" showIcon title={locale === 'en' ? fault.text.en : fault.text.zh} />
      ))}
      <ProblemAlert problem={problem} />
      {count && <LiveCount name={name} condition={countable} count={count} />}
    </section>
  )
}

function LiveCount({ name, condition, count }: { name: string; condition: Condition | undefined; count: Count }) {
  const t = useT('web')
  const settled = useSettled(condition)
  const { data, error, isFetching } = useQuery<Counted, ApiProblem>({
    queryKey: ['condition-count', name, settled ?? null],
    queryFn: ({ signal }) => count(settled!, signal),
    enabled: settled !== undefined,
    staleTime: 30_000,
    placeholderData: (before) => before,
  })
  if (condition === undefined) return <p className="pb-hint">{t('condition.notCounted')}</p>
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <p className="pb-hint">{t('condition.counting')}</p>
  return (
    <>
      {(data.faults ?? []).map((fault) => (
        <Alert key={fault} type="warning" showIcon title={fault} />
      ))}
      {data.count !== null && (
        <p role="status" className={`pb-number pb-condition-count${isFetching ? ' pb-stale' : ''}`}>
          <strong>{data.count.toLocaleString()}</strong>{' '}
          {data.of === undefined ? t('condition.people', { count: data.count }) : t('condition.peopleOf', { count: data.count, of: data.of.toLocaleString() })}
        </p>
      )}
    </>
  )
}

export function UndoRedo({ canUndo, canRedo, onUndo, onRedo }: { canUndo: boolean; canRedo: boolean; onUndo: () => void; onRedo: () => void }) {
  const t = useT('web')
  return (
    <div className="pb-row">
      <Button size="small" icon={<UndoOutlined />} disabled={!canUndo} onClick={onUndo} title="Ctrl Z">
        {t('condition.undo')}
      </Button>
      <Button size="small" icon={<RedoOutlined />} disabled={!canRedo} onClick={onRedo} title="Ctrl Y">
        {t('condition.redo')}
      </Button>
    </div>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
