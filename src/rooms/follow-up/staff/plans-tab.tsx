import { Button } from 'antd'
import { useState } from 'react'
import { Empty, Loading, ProblemAlert, Stack, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { listRuns } from '../contract/run.ts'
import { EnrolPlan } from './enrol-plan.tsx'
import { PlanCard } from './plan-card.tsx'
import { WaitCard } from './waiting.tsx'
import { VisitDrawer } from './visit-drawer.tsx'

/** 随访 of one person: each plan on its time axis, and the way into another one. */
export function PlansTab({ patientId }: { patientId: string }) {
  const t = useT('follow-up')
  const visit = useOpened('visit')
  const [enrolling, setEnrolling] = useState(false)
  const { data, error, refetch } = useApi(listRuns, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const start = data.canEnrol && <Button onClick={() => setEnrolling(true)}>{t('plan.enrol')}</Button>
  return (
    <Stack>
      {data.runs.length === 0 && data.waiting.length === 0 ? (
        <Empty title={t('plan.empty')} hint={t('plan.emptyHint')} action={start} />
      ) : (
        start && <div>{start}</div>
      )}
      {data.waiting.map((wait) => (
        <WaitCard key={wait.protocol} patientId={patientId} wait={wait} canBegin={data.canEnrol} />
      ))}
      {data.runs.map((run) => (
        <PlanCard key={run.id} run={run} onOpen={(id) => visit.open(id)} />
      ))}
      <VisitDrawer visitId={visit.id} onClose={visit.close} />
      {enrolling && (
        <EnrolPlan
          patientId={patientId}
          running={data.runs.filter((run) => run.state === 'active').map((run) => run.protocol)}
          onClose={() => setEnrolling(false)}
        />
      )}
    </Stack>
  )
}
