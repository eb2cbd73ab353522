import { FactLines, Loading, ProblemAlert, useApi } from '../../../platform/web/index.ts'
import { tellTagFacts } from '../contract/tag.ts'

/** The facts that set a tag: 收缩压 150 mmHg ↑ 2026-03-02, each leading to where it stands. */
export function TagFacts({ patientId, code }: { patientId: string; code: string }) {
  const { data, error } = useApi(
    tellTagFacts,
    { params: { patientId: patientId as never, tagCode: code } },
    { keep: false },
  )
  if (error) return <ProblemAlert problem={error} />
  return data ? <FactLines patientId={patientId} facts={data.facts} /> : <Loading lines={1} />
}
