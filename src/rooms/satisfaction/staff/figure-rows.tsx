import { Button } from 'antd'
import { useMemo, useState } from 'react'
import {
  DataTable,
  DateText,
  Empty,
  Go,
  InstantText,
  ProblemAlert,
  Stack,
  Status,
  useApi,
  useApiPages,
  useCan,
  useT,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import { openWords, satisfactionRows, type SatisfactionRow } from '../contract/satisfaction.ts'
import { GOOD, LOW } from '../contract/words.ts'
import type { Opening } from './satisfaction-page.tsx'

export interface FigureRowsProps {
  opening: Opening
  span: { from: string; until: string }
  mayRead: boolean
}

/** The ratings, or the visits, behind a number; what somebody wrote is opened one by one. */
export function FigureRows({ opening, span, mayRead }: FigureRowsProps) {
  const t = useT('satisfaction')
  const seesComplaints = useCan('complaint.read')
  const rows = useApiPages(satisfactionRows, { query: { ...span, ...opening, limit: 50 } } as never)
  const columns = useMemo(() => columnsOf(t, { mayRead, seesComplaints }), [t, mayRead, seesComplaints])
  return (
    <Stack>
      <p className="pb-hint">
        {opening.department !== undefined && `${opening.department || t('page.noDepartment')} · `}
        {t('row.masked')}
      </p>
      <DataTable<SatisfactionRow>
        name="satisfaction-rows"
        label={t(`figure.${opening.figure}`)}
        rows={rows as never}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ patient }) => patient.name}
        empty={<Empty title={t('row.none')} />}
      />
    </Stack>
  )
}

function columnsOf(t: T, may: { mayRead: boolean; seesComplaints: boolean }): Column<SatisfactionRow>[] {
  return [
    { key: 'name', title: t('row.patient'), render: ({ patient }) => patient.name },
    { key: 'at', title: t('row.when'), render: ({ at }) => <InstantText at={at} /> },
    {
      key: 'visit',
      title: t('row.visit'),
      render: ({ department, class: kind, visitedOn }) =>
        department || kind || visitedOn ? (
          <span>
            {[department, kind && t(`class.${kind}`)].filter(Boolean).join(' · ')}{' '}
            {visitedOn && <DateText date={visitedOn} />}
          </span>
        ) : (
          ''
        ),
    },
    {
      key: 'score',
      title: t('row.score'),
      card: 'aside',
      render: ({ answer, reason }) =>
        answer ? (
          <Status tone={answer.score >= GOOD ? 'good' : answer.score <= LOW ? 'due' : 'plain'}>
            {t('page.score', { score: answer.score })}
          </Status>
        ) : (
          <span className="pb-hint">{reason ? t(`reason.${reason}`) : t('row.silent')}</span>
        ),
    },
    {
      key: 'more',
      title: '',
      render: ({ answer }) => (answer ? <More answer={answer} {...may} /> : ''),
    },
  ]
}

type Answer = NonNullable<SatisfactionRow['answer']>

function More({ answer, mayRead, seesComplaints }: { answer: Answer; mayRead: boolean; seesComplaints: boolean }) {
  const t = useT('satisfaction')
  return (
    <Stack tight>
      {answer.about && <span>{t(`about.${answer.about}`)}</span>}
      {answer.wantsContact && <span>{t('row.wantsContact')}</span>}
      {answer.danger && <Status tone="due">{t('row.danger')}</Status>}
      {answer.complaintId &&
        (seesComplaints ? (
          <Go to={`/complaints?complaint=${answer.complaintId}`}>{t('row.complaint')}</Go>
        ) : (
          <span>{t('row.complaint')}</span>
        ))}
      {answer.hasWords && mayRead && <Words responseId={answer.responseId} />}
    </Stack>
  )
}

/** Each reading is in the log, so nothing is read before it is asked for. */
function Words({ responseId }: { responseId: string }) {
  const t = useT('satisfaction')
  const [isOpen, setOpen] = useState(false)
  const { data, error, refetch } = useApi(openWords, { params: { responseId } }, { enabled: isOpen })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (data) return <p className="sf-words">{data.withheld ? t('row.withheld') : (data.words ?? t('row.noWords'))}</p>
  return (
    <span>
      <Button size="small" loading={isOpen} onClick={() => setOpen(true)}>
        {t('row.words')}
      </Button>
    </span>
  )
}
