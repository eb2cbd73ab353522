import { Loading, ProblemAlert, Stack, useApi, useT, WhyView } from '../../../platform/web/index.ts'
import { explainCondition } from '../contract/tag.ts'

/** Why the rule of a tag holds for this person now, or does not: part by part. */
export function TagWhy({ patientId, code }: { patientId: string; code: string }) {
  const t = useT('tag')
  const { data, error } = useApi(explainCondition, { params: { patientId: patientId as never, code } }, { keep: false })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loading lines={3} />
  return (
    <Stack tight>
      <strong>{t(data.holds ? 'why.holds' : 'why.holdsNot')}</strong>
      <WhyView tree={data.tree} patientId={patientId} />
    </Stack>
  )
}
