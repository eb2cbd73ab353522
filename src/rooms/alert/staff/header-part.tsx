import { Go, useApi, useNarrow, useT } from '../../../platform/web/index.ts'
import { patientAlerts } from '../contract/alert.ts'
import { titleOf } from './alert-words.tsx'

/** Open alerts beside the name, in red and in words; each leads to what is to be done. */
export function AlertPart({ patientId }: { patientId: string }) {
  const t = useT('alert')
  const narrow = useNarrow()
  const { data } = useApi(patientAlerts, { params: { patientId: patientId as never } })
  if (!data) return null
  return data.rows.map((alert) => (
    <Go key={alert.id} to={`/alerts?alert=${alert.id}`}>
      <span className={`pb-tag pb-tone-${alert.class === 'A' ? 'danger' : 'due'}`}>
        {t(narrow ? 'header.openShort' : 'header.open', { class: alert.class, title: titleOf(alert) })}
      </span>
    </Go>
  ))
}
