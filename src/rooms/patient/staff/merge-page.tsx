import { useMemo } from 'react'
import { z } from 'zod'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  Page,
  SexAge,
  TabSet,
  useAddress,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type T,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { listProposals } from '../contract/merge.ts'
import type { PatientLine } from '../contract/person.ts'
import { MergeDrawer } from './merge-drawer.tsx'

type Proposal = OutputOf<typeof listProposals>['rows'][number]
const STATES = ['open', 'merged', 'dismissed', 'undone'] as const
const addressSchema = z.object({ state: z.enum(STATES).default('open'), patient: z.uuid().optional() })

/** 合并建议: pairs that look like one person; a person decides, and may undo. */
export function MergePage() {
  const t = useT('patient')
  const [{ state, patient }, change] = useAddress(addressSchema)
  const opened = useOpened('pair')
  const query = { state, ...(patient ? { patientId: patient as never } : {}) }
  const rows = useApiPages(listProposals, { query }) as unknown as PagesResult<Proposal>
  const columns = useMemo(() => columnsOf(t), [t])
  return (
    <Page title={t('merge.title')} hint={t('merge.hint')}>
      <TabSet
        active={state}
        onChange={(key) => change({ state: key === 'open' ? undefined : (key as Proposal['state']) })}
        items={STATES.map((key) => ({ key, label: t(`merge.tabs.${key}`) }))}
      />
      <Card flush>
        <DataTable<Proposal>
          name={`merge-${state}`}
          label={t('merge.title')}
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          rowName={({ left, right }) => `${left.name} / ${right.name}`}
          onOpen={({ id }) => opened.open(id)}
          empty={<Empty title={t('merge.empty')} hint={t('merge.emptyHint')} />}
        />
      </Card>
      <MergeDrawer
        proposal={rows.data?.rows.find(({ id }) => id === opened.id)}
        proposalId={opened.id}
        onClose={opened.close}
      />
    </Page>
  )
}

function columnsOf(t: T): Column<Proposal>[] {
  return [
    {
      key: 'name',
      title: t('merge.pair'),
      render: ({ left, right }) => (left.name === right.name ? left.name : `${left.name} / ${right.name}`),
    },
    { key: 'left', title: t('merge.side.left'), render: ({ left }) => <Person person={left} /> },
    { key: 'right', title: t('merge.side.right'), render: ({ right }) => <Person person={right} /> },
    { key: 'why', title: t('merge.why'), render: ({ because }) => t(`merge.because.${because}`) },
    { key: 'at', title: t('merge.proposedAt'), render: ({ proposedAt }) => <InstantText at={proposedAt} /> },
    {
      key: 'decided',
      title: t('merge.decided'),
      render: ({ decided }) =>
        decided.by && (
          <>
            {decided.by} <InstantText at={decided.at} />
          </>
        ),
    },
  ]
}

function Person({ person }: { person: PatientLine }) {
  return (
    <>
      <SexAge sex={person.sex} birthDate={person.birthDate} />{' '}
      <span className="pb-number pb-nowrap">{person.phoneMasked}</span>{' '}
      <span className="pb-hint pb-number">{person.recordNumber}</span>
    </>
  )
}
