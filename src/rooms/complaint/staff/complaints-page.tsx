import { useMemo } from 'react'
import { z } from 'zod'
import {
  DateText,
  Empty,
  flag,
  Go,
  InstantText,
  ListPage,
  Loading,
  ProblemAlert,
  RelativeDay,
  SideDrawer,
  Stack,
  useAddress,
  useApi,
  useApiPages,
  useCan,
  useOpened,
  useT,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import { getComplaint, listComplaints } from '../contract/complaint.ts'
import { STATES, type ComplaintLine } from '../contract/words.ts'
import { ComplaintCard, ComplaintState } from './complaint-card.tsx'

const filterSchema = z.object({ state: z.enum(STATES).optional(), mine: flag() })

/** 投诉: who waits for an answer, from whom, and until when. */
export function ComplaintsPage() {
  const t = useT('complaint')
  const [filter, change] = useAddress(filterSchema)
  const opened = useOpened('complaint')
  const { mine, ...rest } = filter
  const query = { ...rest, ...(mine ? { mine: 'true' } : {}) }
  const rows = useApiPages(listComplaints, { query: query as never })
  const isClosed = filter.state === 'closed'
  const columns = useMemo(() => columnsOf(t, isClosed), [t, isClosed])
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'state',
      label: t('filter.state'),
      options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
    },
    { kind: 'flag', key: 'mine', label: t('filter.mine') },
  ]
  return (
    <ListPage<ComplaintLine>
      title={t('nav.complaints')}
      hint={t('list.hint')}
      name="complaints"
      label={t('nav.complaints')}
      filters={{ fields, state: filter, change: change as never }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ patient, category }) => `${patient.name} ${t(`category.${category}`)}`}
      onOpen={({ id }) => opened.open(id)}
      empty={<Empty title={t(isClosed ? 'list.noneClosed' : 'list.none')} hint={isClosed ? '' : t('list.noneHint')} />}
    >
      <ComplaintDrawer complaintId={opened.id} onClose={opened.close} />
    </ListPage>
  )
}

function columnsOf(t: T, isClosed: boolean): Column<ComplaintLine>[] {
  return [
    { key: 'patient', title: t('list.patient'), render: ({ patient }) => patient.name },
    { key: 'category', title: t('form.category'), render: ({ category }) => t(`category.${category}`) },
    { key: 'state', title: t('filter.state'), render: (one) => <ComplaintState complaint={one} />, card: 'aside' },
    isClosed
      ? { key: 'closed', title: t('card.closed'), render: ({ closed }) => <InstantText at={closed?.at} /> }
      : { key: 'due', title: t('card.due'), render: ({ dueOn }) => <RelativeDay date={dueOn} due /> },
    { key: 'owner', title: t('card.owner'), render: ({ owner }) => owner.name },
    { key: 'received', title: t('card.received'), render: ({ receivedOn }) => <DateText date={receivedOn} /> },
  ]
}

function ComplaintDrawer({ complaintId, onClose }: { complaintId: string | undefined; onClose: () => void }) {
  const t = useT('complaint')
  const mayOpen = useCan('patient.read')
  const { data, error, refetch } = useApi(
    getComplaint,
    { params: { complaintId: (complaintId ?? '') as never } },
    { enabled: complaintId !== undefined, keep: false },
  )
  return (
    <SideDrawer title={t('tab.one')} open={complaintId !== undefined} onClose={onClose}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Stack>
          <span style={{ fontSize: 16 }}>
            {mayOpen ? (
              <Go to={`/patients/${data.patient.id}?tab=complaint`}>{data.patient.name}</Go>
            ) : (
              data.patient.name
            )}
          </span>
          <ComplaintCard key={`${data.id} ${data.version}`} complaint={data} onGone={onClose} />
        </Stack>
      )}
    </SideDrawer>
  )
}
