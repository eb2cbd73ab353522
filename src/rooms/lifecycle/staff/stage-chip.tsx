import { Go, Status, useApi, useT } from '../../../platform/web/index.ts'
import { readRelationship } from '../contract/lifecycle.ts'

/** The stage beside the name; leads to how it came about. Before anybody has looked, nothing is shown. */
export function StageChip({ patientId }: { patientId: string }) {
  const t = useT('lifecycle')
  const { data } = useApi(readRelationship, { params: { patientId: patientId as never } }, { keep: false })
  if (!data?.stage) return null
  const stage = t(`stage.${data.stage}`)
  return (
    <Go to={`/patients/${patientId}?tab=relationship`} aria-label={t('header.open', { stage })}>
      <Status tone="good">{stage}</Status>
    </Go>
  )
}
