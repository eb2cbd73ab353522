import { Button } from 'antd'
import { z } from 'zod'
import {
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { patientNodules } from '../contract/nodule.ts'
import { ActDrawer } from './act-drawer.tsx'
import { NoduleCard } from './nodule-card.tsx'

const opened = z.object({ nodule: z.string().optional() })

/** 结节: every nodule of a person, what is next, and how it has changed. */
export function NoduleTab({ patientId }: { patientId: string }) {
  const t = useT('nodule')
  const [{ nodule: wanted }] = useAddress(opened)
  const act = useOpened('act')
  const { data, error, refetch } = useApi(
    patientNodules,
    { params: { patientId: patientId as never } },
    { keep: false },
  )
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  const register = data.can.register && (
    <Button type="primary" onClick={() => act.open('register')}>
      {t('list.register')}
    </Button>
  )
  const rows = data.rows.toSorted((a, b) => Number(b.id === wanted) - Number(a.id === wanted))
  return (
    <Stack>
      {rows.length === 0 ? (
        <Empty title={t('list.empty')} hint={t('list.emptyHint')} action={register} />
      ) : (
        <Row>{register}</Row>
      )}
      {rows.map((nodule) => (
        <NoduleCard key={nodule.id} nodule={nodule} onAct={act.open} />
      ))}
      <ActDrawer patientId={patientId} nodules={data.rows} act={act.id} onClose={act.close} />
    </Stack>
  )
}
