import { Loading, ProblemAlert, Stack, useApi, useT, WhyView } from '../../../platform/web/index.ts'
import { explainStage } from '../contract/lifecycle.ts'
import type { Stage } from '../contract/words.ts'

/** Why the rule of a stage holds for somebody or not. */
export function StageWhy({ patientId, stage }: { patientId: string; stage: Stage }) {
  const t = useT('lifecycle')
  const params = { patientId: patientId as never, stage }
  const { data, error, refetch } = useApi(explainStage, { params }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  if (!data.tree) return <p>{t('why.byHand')}</p>
  return (
    <Stack>
      <WhyView tree={data.tree} patientId={patientId} />
      <p className="pb-hint">{t('why.hint')}</p>
    </Stack>
  )
}
