import { Go, useApi, useT } from '../../../platform/web/index.ts'
import { patientComplaints } from '../contract/complaint.ts'

/** Beside the name: somebody is not content, and nothing promotional goes to them. */
export function ComplaintPart({ patientId }: { patientId: string }) {
  const t = useT('complaint')
  const { data } = useApi(patientComplaints, { params: { patientId: patientId as never } })
  const open = data?.rows.filter(({ state }) => state === 'open') ?? []
  if (open.length === 0) return null
  return (
    <Go to={`/patients/${patientId}?tab=complaint`}>
      <span className="pb-tag pb-tone-due" title={t('header.why')}>
        {t('header.open', { count: open.length })}
      </span>
    </Go>
  )
}
