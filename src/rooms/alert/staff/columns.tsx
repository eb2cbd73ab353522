import { Button } from 'antd'
import { InstantText, type Column, type T } from '../../../platform/web/index.ts'
import type { AlertLine } from '../contract/words.ts'
import { AlertMarks, AlertState, ClassChip, rangeWords, ResultText } from './alert-words.tsx'
import { AlertClock } from './clock.tsx'
import { PersonLine } from './person-line.tsx'

export interface ColumnOptions {
  now: Date
  closed: boolean
  busy: string | undefined
  onAcknowledge: (alert: AlertLine) => void
  onOpen: (alert: AlertLine) => void
}

/** The columns of the board, the next act one click away. */
export function alertColumns(t: T, { now, closed, busy, onAcknowledge, onOpen }: ColumnOptions): Column<AlertLine>[] {
  const next = ({ can }: AlertLine) => can.find((act) => act !== 'take-over' && act !== 'hand-over')
  return [
    { key: 'patient', title: t('column.patient'), render: (alert) => <PersonLine patient={alert.patient} /> },
    { key: 'class', title: t('column.class'), render: (alert) => <ClassChip of={alert.class} />, card: 'aside' },
    {
      key: 'result',
      title: t('column.result'),
      render: (alert) => (
        <>
          <ResultText alert={alert} /> <AlertMarks alert={alert} />
        </>
      ),
    },
    {
      key: 'range',
      title: t('column.range'),
      render: ({ result }) => <span className="pb-number">{result && rangeWords(result)}</span>,
      card: 'hide',
    },
    { key: 'since', title: t('column.since'), render: ({ raisedAt }) => <InstantText at={raisedAt} /> },
    ...(closed
      ? [
          {
            key: 'closed',
            title: t('column.closed'),
            render: ({ closedAt }: AlertLine) => <InstantText at={closedAt} />,
          },
          {
            key: 'with',
            title: t('column.closedWith'),
            render: ({ closedResult }: AlertLine) => closedResult && t(`result.${closedResult}`),
          },
        ]
      : [
          {
            key: 'clock',
            title: t('column.clock'),
            render: (alert: AlertLine) => <AlertClock alert={alert} now={now} />,
          },
          { key: 'state', title: t('column.state'), render: (alert: AlertLine) => <AlertState alert={alert} /> },
        ]),
    { key: 'handler', title: t('column.handler'), render: ({ handler }) => handler?.name ?? '' },
    ...(closed
      ? []
      : [
          {
            key: 'next',
            title: t('column.next'),
            render: (alert: AlertLine) => {
              const act = next(alert)
              if (!act) return null
              return (
                <Button
                  size="small"
                  type={act === 'acknowledge' ? 'primary' : 'default'}
                  loading={busy === alert.id}
                  onClick={() => (act === 'acknowledge' ? onAcknowledge(alert) : onOpen(alert))}
                >
                  {t(`act.${act}`)}
                </Button>
              )
            },
          },
        ]),
  ]
}
