import {
  DataTable,
  Empty,
  InstantText,
  SideDrawer,
  Status,
  useOpened,
  useT,
  type Column,
  type PagesResult,
} from '../../../platform/web/index.ts'
import type { VisitLine } from '../contract/words.ts'
import { VisitDetail } from './visit-detail.tsx'

export interface VisitListProps {
  rows: PagesResult<VisitLine>
  /** On the page of a person, who need not be named. */
  ofOne?: boolean
}

/** Visits, newest first; one opens at the side. */
export function VisitList({ rows, ofOne = false }: VisitListProps) {
  const t = useT('home-visit')
  const opened = useOpened('visit')
  return (
    <>
      <DataTable<VisitLine>
        name={ofOne ? 'home-visits-of-one' : 'home-visits'}
        label={t('list.title')}
        rows={rows}
        columns={useColumns(ofOne)}
        rowKey={(row) => row.id}
        rowName={(row) => `${row.patient.name} ${row.arrivedAt.slice(0, 10)}`}
        onOpen={(row) => opened.open(row.id)}
        empty={<Empty title={t('list.empty')} hint={t(ofOne ? 'list.emptyOfOne' : 'list.emptyHint')} />}
      />
      <SideDrawer title={t('list.one')} open={opened.id !== undefined} onClose={opened.close} widthPx={640}>
        {opened.id && <VisitDetail key={opened.id} visitId={opened.id} />}
      </SideDrawer>
    </>
  )
}

function useColumns(ofOne: boolean): Column<VisitLine>[] {
  const t = useT('home-visit')
  const when: Column<VisitLine> = {
    key: 'when',
    title: t('field.arrivedAt'),
    render: (row) => <InstantText at={row.arrivedAt} />,
  }
  const who: Column<VisitLine> = { key: 'who', title: t('list.who'), render: (row) => row.patient.name }
  return [
    ...(ofOne ? [when] : [who, when]),
    {
      key: 'outcome',
      title: t('field.outcome'),
      card: 'aside',
      render: (row) => <OutcomeStatus visit={row} />,
    },
    {
      key: 'seen',
      title: t('field.seen'),
      render: (row) => <span className="pb-home-visit-words">{row.seen}</span>,
    },
    {
      key: 'minutes',
      title: t('list.minutes'),
      number: true,
      render: (row) => (row.outcome === 'seen' ? t('minutes', { count: row.minutes }) : ''),
    },
    { key: 'photos', title: t('photo.title'), number: true, card: 'hide', render: (row) => row.photos || '' },
    { key: 'by', title: t('list.by'), render: (row) => row.staff.name },
  ]
}

export function OutcomeStatus({ visit }: { visit: Pick<VisitLine, 'outcome' | 'attention' | 'state'> }) {
  const t = useT('home-visit')
  if (visit.state === 'error') return <Status tone="plain">{t('state.error')}</Status>
  return (
    <>
      <Status tone={visit.outcome === 'seen' ? 'good' : 'due'}>{t(`outcome.${visit.outcome}`)}</Status>
      {visit.attention > 0 && <span className="pb-hint"> {t('list.attention', { count: visit.attention })}</span>}
    </>
  )
}
