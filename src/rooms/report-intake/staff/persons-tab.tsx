import { Segmented } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  SexAge,
  Status,
  useAddress,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type T,
} from '../../../platform/web/index.ts'
import { listUnmatched, type UnmatchedPerson } from '../contract/persons.ts'
import { PersonDrawer } from './person-drawer.tsx'
import { useNext } from './queue.tsx'

const STATES = ['open', 'settled', 'set-aside'] as const
const addressSchema = z.object({ state: z.enum(STATES).default('open') })

/** 待认领: people whose reports wait; `j` goes to the next. */
export function PersonsTab() {
  const t = useT('report-intake')
  const [{ state }, change] = useAddress(addressSchema)
  const opened = useOpened('person')
  const rows = useApiPages(
    listUnmatched,
    { query: { state } },
    { everyMs: 15_000 },
  ) as unknown as PagesResult<UnmatchedPerson>
  const columns = useMemo(() => columnsOf(t, state), [t, state])
  const next = useNext(opened, rows)
  return (
    <Card flush>
      <DataTable<UnmatchedPerson>
        name={`intake-persons-${state}`}
        label={t('tab.persons')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ name }) => name || t('person.nameless')}
        onOpen={({ id }) => opened.open(id)}
        toolbar={
          <Segmented
            aria-label={t('person.which')}
            value={state}
            onChange={(value) => change({ state: value === 'open' ? undefined : value })}
            options={STATES.map((value) => ({ value, label: t(`person.state.${value}`) }))}
          />
        }
        empty={<Empty title={t(`person.empty.${state}`)} hint={t('person.emptyHint')} />}
      />
      <PersonDrawer personId={opened.id} onClose={opened.close} onNext={next} />
    </Card>
  )
}

function columnsOf(t: T, state: UnmatchedPerson['state']): Column<UnmatchedPerson>[] {
  return [
    {
      key: 'name',
      title: t('person.name'),
      render: ({ name }) => name || <span className="pb-hint">{t('person.nameless')}</span>,
    },
    {
      key: 'who',
      title: t('person.sexAge'),
      render: ({ sex, birthDate }) => <SexAge sex={sex} birthDate={birthDate} />,
    },
    {
      key: 'numbers',
      title: t('person.numbers'),
      render: ({ phoneMasked, paperMasked, recordNumber }) => (
        <span className="pb-number">{[recordNumber, phoneMasked, paperMasked].filter(Boolean).join(' · ')}</span>
      ),
    },
    ...(state === 'open'
      ? [
          {
            key: 'why',
            title: t('person.why'),
            render: (row: UnmatchedPerson) => (
              <Status tone="due">{t(`person.reason.${row.reason}`, { count: row.candidates })}</Status>
            ),
            card: 'aside' as const,
          },
        ]
      : [
          {
            key: 'by',
            title: t('person.settled'),
            render: ({ patient, settledBy }: UnmatchedPerson) => [patient?.name, settledBy].filter(Boolean).join(' · '),
          },
        ]),
    { key: 'reports', title: t('person.reports'), number: true, render: ({ reports }) => reports },
    { key: 'source', title: t('overview.source'), render: ({ source }) => source },
    { key: 'seen', title: t('person.seen'), render: ({ lastSeenAt }) => <InstantText at={lastSeenAt} /> },
  ]
}
