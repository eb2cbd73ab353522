import { useState } from 'react'
import {
  ApiProblem,
  call,
  Loaded,
  Nothing,
  OwnPage,
  Rows,
  useDay,
  useOwn,
  useT,
} from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { whoLooked } from '../contract/my.ts'

type Looked = OutputOf<typeof whoLooked>

/** 谁看过我的档案: every person's right to know (PIPL article 45). */
export function WhoLookedPage() {
  const t = useT('patient-access')
  const first = useOwn(whoLooked)
  return (
    <OwnPage title={t('my.whoLooked')}>
      <p>{t('my.looked.why')}</p>
      <Loaded of={first}>{(data) => <Looks first={data} />}</Loaded>
    </OwnPage>
  )
}

function Looks({ first }: { first: Looked }) {
  const t = useT('patient-access')
  const [more, setMore] = useState<Looked[]>([])
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const pages = [first, ...more]
  const rows = joined(pages.flatMap((page) => page.rows))
  const next = pages.at(-1)!.next
  const day = useDay()
  const further = async () => {
    setFault('')
    setBusy(true)
    try {
      const page = await call(whoLooked, { query: { before: next! } })
      setMore([...more, page])
    } catch (error) {
      setFault(error instanceof ApiProblem ? error.title : '')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {rows.length === 0 && !next && <Nothing>{t('my.looked.nobody')}</Nothing>}
      {rows.length > 0 && (
        <Rows
          label={t('my.whoLooked')}
          rows={rows.map((row) => ({
            key: row.key,
            title: row.isMachine ? t('my.looked.machine', { name: row.name }) : row.name,
            hint: [...(row.isRelative ? [t('my.looked.relative')] : row.roles), day(row.on)].join(' · '),
            end: <span className="pp-row-hint">{t('my.looked.times', { count: row.times })}</span>,
          }))}
        />
      )}
      {fault && (
        <p className="pp-fault" role="alert">
          {fault}
        </p>
      )}
      {next && (
        <button
          type="button"
          className="pp-button pp-wide"
          data-kind="second"
          disabled={busy}
          onClick={() => void further()}
        >
          {t('my.looked.more')}
        </button>
      )}
    </>
  )
}

/** A day may be cut in two by the end of a page: the same person of the same day is one line again. */
function joined(rows: Looked['rows']): Looked['rows'] {
  return [...Map.groupBy(rows, (row) => row.key).values()].map(([one, ...others]) => ({
    ...one!,
    times: others.reduce((sum, { times }) => sum + times, one!.times),
  }))
}
