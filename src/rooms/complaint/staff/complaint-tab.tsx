import { Alert, Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  Empty,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useApi,
  useCan,
  useT,
} from '../../../platform/web/index.ts'
import { patientComplaints } from '../contract/complaint.ts'
import { ComplaintCard } from './complaint-card.tsx'
import { RecordForm } from './record-form.tsx'

/** 投诉登记: what the person is not content with, and what became of it. */
export function ComplaintTab({ patientId }: { patientId: string }) {
  const t = useT('complaint')
  const seesAll = useCan('complaint.read')
  const [recording, setRecording] = useState(false)
  const { data, error, refetch } = useApi(patientComplaints, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  const add = data.can.record && (
    <Button type="primary" onClick={() => setRecording(true)}>
      {t('tab.add')}
    </Button>
  )
  const isOpen = data.rows.some(({ state }) => state === 'open')
  const close = () => setRecording(false)
  return (
    <Stack>
      {!seesAll && <p className="pb-hint">{t('tab.ownOnly')}</p>}
      {isOpen && <Alert type="warning" showIcon title={t('tab.held')} description={t('tab.heldHint')} />}
      <Card title={t('tab.title')} extra={data.rows.length > 0 && add}>
        {data.rows.length === 0 ? (
          <Empty title={t(seesAll ? 'tab.none' : 'tab.noneOwn')} hint={t('tab.noneHint')} action={add} />
        ) : (
          <Stack>
            {data.rows.map((complaint) => (
              <ComplaintCard key={complaint.id} complaint={complaint} />
            ))}
          </Stack>
        )}
      </Card>
      <SideDrawer title={t('form.title')} open={recording} onClose={close}>
        {recording && (
          <RecordForm patientId={patientId} dueOn={data.proposedDueOn} ownerId={data.proposedOwnerId} onDone={close} />
        )}
      </SideDrawer>
    </Stack>
  )
}
