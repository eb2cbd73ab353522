import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  download,
  Empty,
  Go,
  InstantText,
  JobProgress,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { batchRefusals, cancelBatch, downloadBatch, listBatches, type BatchView } from '../contract/batch.ts'
import { BatchDrawer } from './batch-drawer.tsx'

const ASK_MS = 2000

/** 批量打印: one's own lists, how far each is, and the way to the next. */
export function BatchTab() {
  const t = useT('health-report')
  const [open, setOpen] = useState(false)
  const [under, setUnder] = useState(true)
  const { data, error, refetch } = useApi(listBatches, {}, under ? { everyMs: ASK_MS } : {})
  const running = data?.batches.some(({ finishedAt }) => finishedAt === null) ?? true
  if (running !== under) setUnder(running)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  const begin = (
    <Button type="primary" icon={<PrinterOutlined />} onClick={() => setOpen(true)}>
      {t('batch.begin')}
    </Button>
  )
  return (
    <Stack>
      {data.batches.length === 0 ? (
        <Empty title={t('batch.empty')} hint={t('batch.emptyHint')} action={begin} />
      ) : (
        <>
          <Row>{begin}</Row>
          {data.batches.map((batch) => (
            <Card key={batch.id}>
              <Batch batch={batch} />
            </Card>
          ))}
        </>
      )}
      <BatchDrawer open={open} onClose={() => setOpen(false)} />
    </Stack>
  )
}

function Batch({ batch }: { batch: BatchView }) {
  const t = useT('health-report')
  const say = useSay()
  const [whoNot, setWhoNot] = useState(false)
  const params = { batchId: batch.id }
  const cancel = useAction(cancelBatch, { invalidates: [listBatches] })
  const stop = () => cancel.mutate({ params }, { onSuccess: () => say.done(t('said.stopped')), onError: say.problem })
  const left = batch.refused + batch.failed
  return (
    <Stack tight>
      <JobProgress
        title={batch.title}
        state={batch.state}
        done={batch.done + left}
        total={batch.total}
        failed={left}
        {...(batch.can.cancel ? { onCancel: stop } : {})}
        action={
          batch.can.download && (
            <Button
              icon={<DownloadOutlined />}
              onClick={() => void download(downloadBatch, { params }).catch(say.problem)}
            >
              {t('batch.download', { count: batch.done })}
            </Button>
          )
        }
      />
      <span className="pb-hint">
        <InstantText at={batch.createdAt} /> {t('batch.by', { name: batch.createdBy })}
      </span>
      {left > 0 && (
        <Row>
          <Button type="link" onClick={() => setWhoNot(!whoNot)} aria-expanded={whoNot}>
            {t('batch.whoNot', { count: left })}
          </Button>
        </Row>
      )}
      {whoNot && <WhoNot batchId={batch.id} />}
    </Stack>
  )
}

/** Opened on purpose: it names people, and each look is kept. */
function WhoNot({ batchId }: { batchId: BatchView['id'] }) {
  const t = useT('health-report')
  const { data, error, refetch } = useApi(batchRefusals, { params: { batchId } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={2} />
  return (
    <ul>
      {data.rows.map(({ patientId, name, reason }) => (
        <li key={patientId}>
          {name === null ? t('batch.somebody') : <Go to={`/patients/${patientId}?tab=printed`}>{name}</Go>}{' '}
          {t(`refusal.${reason}`)}
        </li>
      ))}
    </ul>
  )
}
