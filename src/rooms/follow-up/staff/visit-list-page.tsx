import { useMemo } from 'react'
import { z } from 'zod'
import {
  DateText,
  Empty,
  Figures,
  ListPage,
  RelativeDay,
  Status,
  useAddress,
  useApi,
  useApiPages,
  useOpened,
  useT,
  useToday,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { countVisits, listVisits, STATE_FILTERS, type VisitLine } from '../contract/list.ts'
import { DayStrip } from './day-strip.tsx'
import { VisitDrawer } from './visit-drawer.tsx'
import { CLASS_TONES, STATE_TONES, useSaid } from './words.ts'

const filterSchema = z.object({
  state: z.enum(STATE_FILTERS).optional(),
  protocol: z.string().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  lost: z.preprocess((value) => value === true || value === 'true', z.boolean()).optional(),
})

/** 随访: whom to see, the urgent and what ends soonest first. */
export function VisitListPage() {
  const t = useT('follow-up')
  const said = useSaid()
  const [filter, change] = useAddress(filterSchema)
  const visit = useOpened('visit')
  const { state, protocol, from, to, lost } = filter
  const query = { state, protocol, dueFrom: from, dueTo: to, ...(lost ? { lost: 'true' as never } : {}) }
  const rows = useApiPages(listVisits, { query })
  const counts = useApi(countVisits, { query: {} })
  const columns = useMemo(() => columnsOf(t, said), [t, said])
  const ids = rows.data?.rows.map((row) => row.id as string) ?? []
  const after = visit.id ? ids[ids.indexOf(visit.id) + 1] : undefined
  const next = () => (after ? visit.open(after) : visit.close())
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'state',
      label: t('field.state'),
      options: STATE_FILTERS.map((value) => ({ value, label: t(`filter.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'protocol',
      label: t('field.protocol'),
      options: (counts.data?.protocols ?? []).map(({ code, name, count }) => ({
        value: code,
        label: count > 0 ? `${said(name)} ${count}` : said(name),
      })),
    },
    { kind: 'dates', from: 'from', to: 'to', label: t('field.dueOn') },
    { kind: 'flag', key: 'lost', label: t('filter.lost') },
  ]
  const above = counts.data && (
    <>
      <Figures
        items={[
          { key: 'due', label: t('figure.due'), value: counts.data.due, to: '/follow-ups?state=due' },
          {
            key: 'today',
            label: t('figure.endingToday'),
            value: counts.data.endingToday,
            tone: counts.data.endingToday > 0 ? 'due' : 'plain',
          },
          {
            key: 'missed',
            label: t('figure.missed'),
            value: counts.data.missed,
            tone: counts.data.missed > 0 ? 'danger' : 'plain',
            to: '/follow-ups?state=missed',
          },
        ]}
      />
      <DayStrip
        days={counts.data.days}
        chosen={from && from === to ? from : undefined}
        onChoose={(day) =>
          change(day ? { from: day, to: day, state: 'all' } : { from: undefined, to: undefined, state: undefined })
        }
      />
    </>
  )
  return (
    <ListPage
      title={t('list.title')}
      hint={t('list.hint')}
      above={above}
      name="follow-ups"
      label={t('list.title')}
      filters={{ fields, state: filter, change }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ patient }) => patient.name}
      onOpen={({ id }) => visit.open(id)}
      empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
    >
      <VisitDrawer visitId={visit.id} onClose={visit.close} onNext={next} hasNext={after !== undefined} />
    </ListPage>
  )
}

function columnsOf(t: T, said: (text: Bilingual) => string): Column<VisitLine>[] {
  return [
    { key: 'name', title: t('field.patient'), render: ({ patient }) => patient.name },
    {
      key: 'who',
      title: t('field.sexAge'),
      render: ({ patient }) => (
        <span className="pb-nowrap">
          {[t(`sex.${patient.sex}`), patient.ageYears === null ? '' : t('age', { count: patient.ageYears })]
            .filter(Boolean)
            .join(' ')}
        </span>
      ),
      card: 'aside',
    },
    { key: 'what', title: t('field.visit'), render: (row) => <What row={row} said={said} /> },
    { key: 'state', title: t('field.state'), render: (row) => <State row={row} /> },
    {
      key: 'due',
      title: t('field.dueOn'),
      render: ({ dueOn, actualOn }) => (actualOn ? <DateText date={actualOn} /> : <RelativeDay date={dueOn} />),
    },
    {
      key: 'until',
      title: t('field.until'),
      // The same words as on the workbench: late is what the window has passed of, not the planned day.
      render: ({ windowUntil, state, overdue }) =>
        state === 'due' || overdue ? <RelativeDay date={windowUntil} due /> : <DateText date={windowUntil} />,
    },
    {
      key: 'last',
      title: t('field.lastClass'),
      render: ({ lastClass }) => lastClass && <Status tone={CLASS_TONES[lastClass]}>{t(`class.${lastClass}`)}</Status>,
    },
    {
      key: 'attempts',
      title: t('field.attempts'),
      number: true,
      render: ({ attempts }) => (attempts > 0 ? attempts : ''),
      card: 'hide',
    },
    {
      key: 'phone',
      title: t('field.phone'),
      render: ({ patient }) => <span className="pb-number pb-nowrap">{patient.phoneMasked}</span>,
    },
    { key: 'owner', title: t('field.owner'), render: ({ ownerName }) => ownerName ?? '', card: 'hide' },
  ]
}

function What({ row, said }: { row: VisitLine; said: (text: Bilingual) => string }) {
  const t = useT('follow-up')
  return (
    <span>
      {said(row.stepName)} <span className="pb-hint">{said(row.protocolName)}</span>
      {row.rank === 0 && <span className="pb-danger"> {t('rank.0')}</span>}
      {row.rank === 1 && <span className="pb-due"> {t('rank.1')}</span>}
    </span>
  )
}

function State({ row }: { row: VisitLine }) {
  const t = useT('follow-up')
  const today = useToday()
  if (row.lost && (row.state === 'due' || row.state === 'missed'))
    return <Status tone="danger">{t('state.lost')}</Status>
  // Amber where the day itself has come; an open window alone presses nobody.
  const pressing = row.state !== 'due' || row.dueOn <= today
  const words = row.overdue ? 'overdue' : row.state
  return <Status tone={pressing ? STATE_TONES[row.state] : 'plain'}>{t(`state.${words}`)}</Status>
}
