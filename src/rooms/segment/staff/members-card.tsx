import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  Status,
  useApi,
  useApiPages,
  useOpened,
  useT,
  WhyView,
  type Column,
  type RowOf,
} from '../../../platform/web/index.ts'
import { PatientSelect } from '../../task/staff/patient-select.tsx'
import { explainMember, listMembers } from '../contract/member.ts'
import type { SegmentId } from '../contract/words.ts'
import { PersonText } from './words.tsx'

type Member = RowOf<typeof listMembers>

/** The reader's own people in it, and why somebody is in it or not. There is no export. */
export function MembersCard({ segmentId }: { segmentId: SegmentId }) {
  const t = useT('segment')
  const why = useOpened('why')
  const rows = useApiPages(listMembers, { params: { segmentId }, query: {} as never })
  const columns: Column<Member>[] = [
    { key: 'name', title: t('field.person'), render: ({ patient }) => patient.name },
    {
      key: 'age',
      title: t('field.sexAge'),
      render: ({ patient }) => <PersonText person={patient} />,
      card: 'aside',
    },
    { key: 'since', title: t('field.inSince'), render: ({ sinceAt }) => <InstantText at={sinceAt} /> },
    { key: 'doctor', title: t('field.doctor'), render: ({ patient }) => patient.doctorName },
    { key: 'manager', title: t('field.manager'), render: ({ patient }) => patient.managerName },
  ]
  return (
    <Card title={t('members.title')} extra={<Button onClick={() => why.open('-')}>{t('members.ask')}</Button>} flush>
      <DataTable<Member>
        name="segment-members"
        label={t('members.title')}
        rows={rows}
        columns={columns}
        rowKey={({ patient }) => patient.id}
        rowName={({ patient }) => patient.name}
        onOpen={({ patient }) => why.open(patient.id)}
        empty={<Empty title={t('members.empty')} hint={t('members.emptyHint')} />}
      />
      <SideDrawer title={t('why.title')} open={why.id !== undefined} onClose={why.close}>
        {why.id !== undefined && <Why key={why.id} segmentId={segmentId} patientId={why.id} />}
      </SideDrawer>
    </Card>
  )
}

function Why({ segmentId, patientId: given }: { segmentId: SegmentId; patientId: string }) {
  const t = useT('segment')
  const [chosen, choose] = useState<string | null>(given === '-' ? null : given)
  return (
    <Stack>
      {given === '-' && (
        <label>
          {t('why.whom')}
          <PatientSelect value={chosen} onChange={choose} />
        </label>
      )}
      {chosen && <Answer segmentId={segmentId} patientId={chosen} />}
    </Stack>
  )
}

function Answer({ segmentId, patientId }: { segmentId: SegmentId; patientId: string }) {
  const t = useT('segment')
  const params = { segmentId, patientId: patientId as never }
  const { data, error, refetch } = useApi(explainMember, { params }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  return (
    <Stack>
      <p>
        <Status tone={data.isIn ? 'good' : 'plain'}>{t(data.isIn ? 'why.isIn' : 'why.isNot')}</Status>
        {data.isIn !== data.holds && <span className="pb-hint"> {t(data.holds ? 'why.wouldBe' : 'why.wouldNot')}</span>}
      </p>
      <WhyView tree={data.tree} patientId={patientId} />
      {data.stays.length > 0 && (
        <section>
          <h3>{t('why.stays')}</h3>
          <ul>
            {data.stays.map(({ sinceAt, leftAt }) => (
              <li key={sinceAt}>
                <InstantText at={sinceAt} /> – {leftAt ? <InstantText at={leftAt} /> : t('why.now')}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Go to={`/patients/${patientId}`}>{t('act.openFile')}</Go>
      </p>
    </Stack>
  )
}
