import { useState } from 'react'
import { Go, SideDrawer, useApi, useNarrow, useT } from '../../../platform/web/index.ts'
import { patientAlerts } from '../contract/alert.ts'
import { titleOf } from './alert-words.tsx'
import { RaiseForm } from './raise-form.tsx'

/** Open alerts beside the name, in red and in words; each leads to what is to be done. */
export function AlertPart({ patientId }: { patientId: string }) {
  const t = useT('alert')
  const narrow = useNarrow()
  const { data } = useApi(patientAlerts, { params: { patientId: patientId as never } })
  return data?.rows.map((alert) => (
    <Go key={alert.id} to={`/alerts?alert=${alert.id}`}>
      <span className={`pb-tag pb-tone-${alert.class === 'A' ? 'danger' : 'due'}`}>
        {t(narrow ? 'header.openShort' : 'header.open', { class: alert.class, title: titleOf(alert) })}
      </span>
    </Go>
  ))
}

/** What can be done stands behind what is so: a result of one's own that somebody has to look at. */
export function RaisePart({ patientId }: { patientId: string }) {
  const t = useT('alert')
  const [raising, setRaising] = useState(false)
  const { data } = useApi(patientAlerts, { params: { patientId: patientId as never } })
  if (!data?.can.raise) return null
  return (
    <>
      <button type="button" className="pb-link" style={{ minHeight: 24 }} onClick={() => setRaising(true)}>
        {t('raise.title')}
      </button>
      <SideDrawer title={t('raise.title')} open={raising} onClose={() => setRaising(false)}>
        <RaiseForm patientId={patientId} onClose={() => setRaising(false)} />
      </SideDrawer>
    </>
  )
}
