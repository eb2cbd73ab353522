import { useMemo } from 'react'
import { z } from 'zod'
import {
  Empty,
  InstantText,
  ListPage,
  Loading,
  ProblemAlert,
  useAddress,
  useApi,
  useApiPages,
  useGo,
  useT,
  type Column,
  type RowOf,
  type T,
} from '../../../platform/web/index.ts'
import { countStages, listRelationships } from '../contract/lifecycle.ts'
import { stage, type Stage } from '../contract/words.ts'
import { useSaid } from './words.ts'
import './lifecycle.css'

const filterSchema = z.object({ stage: stage.optional() })
type Line = RowOf<typeof listRelationships>
const pathOf = ({ patient }: Line) => `/patients/${patient.id}?tab=relationship`

/** 关系阶段: how many stand where, with what that means; a number opens its people. */
export function PeoplePage() {
  const t = useT('lifecycle')
  const go = useGo()
  const [filter, change] = useAddress(filterSchema)
  const chosen = filter.stage ?? 'in-care'
  const rows = useApiPages(listRelationships, { query: { stage: chosen } as never })
  const columns = useMemo(() => columnsOf(t), [t])
  return (
    <ListPage<Line>
      title={t('nav.people')}
      hint={t('list.hint')}
      above={<Stages chosen={chosen} onChoose={(next) => change({ stage: next })} />}
      name="relationships"
      label={t(`stage.${chosen}`)}
      rows={rows}
      columns={columns}
      rowKey={({ patient }) => patient.id}
      rowName={({ patient }) => patient.name}
      onOpen={(row) => go(pathOf(row))}
      empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
    />
  )
}

function Stages({ chosen, onChoose }: { chosen: Stage; onChoose: (stage: Stage) => void }) {
  const t = useT('lifecycle')
  const said = useSaid()
  const { data, error, refetch } = useApi(countStages)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={2} />
  const isFew = data.stages.every(({ share }) => share === null)
  return (
    <>
      <div className="lc-stages" role="group" aria-label={t('nav.people')}>
        {data.stages.map(({ stage: one, meaning, count, share }) => (
          <button
            key={one}
            type="button"
            className="lc-stage"
            aria-pressed={one === chosen}
            onClick={() => onChoose(one)}
          >
            <strong>{t(`stage.${one}`)}</strong>
            <span className="lc-stage-count">{count.toLocaleString()}</span>
            {share && <span className="pb-hint">{t('list.share', share)}</span>}
            <span className="pb-hint lc-meaning">{said(meaning)}</span>
          </button>
        ))}
      </div>
      <p className="pb-hint">
        {t('list.of', { count: data.of })}
        {isFew && ` · ${t('list.few')}`}
      </p>
    </>
  )
}

function columnsOf(t: T): Column<Line>[] {
  return [
    { key: 'patient', title: t('list.person'), render: ({ patient }) => patient.name },
    { key: 'days', title: t('list.days'), number: true, render: ({ days }) => t('list.daysValue', { count: days }) },
    { key: 'since', title: t('list.since'), render: ({ sinceAt }) => <InstantText at={sinceAt} />, card: 'hide' },
    { key: 'how', title: t('list.how'), render: (row) => howOf(t, row) },
    { key: 'doctor', title: t('list.doctor'), render: ({ patient }) => patient.doctorName ?? '' },
    { key: 'manager', title: t('list.manager'), render: ({ patient }) => patient.managerName ?? '' },
  ]
}

function howOf(t: T, { kind, by, because, restsUntil }: Line): string {
  const how =
    kind === 'rule'
      ? t('list.byRule')
      : kind === 'hand'
        ? t('list.byHand', { by, because })
        : kind === 'resumed'
          ? by
          : t('list.byOther')
  return restsUntil ? `${how} · ${t('list.rests', { date: restsUntil })}` : how
}
