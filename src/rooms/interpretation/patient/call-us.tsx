import { knownHouse, useT } from '../../../platform/patient-web/index.ts'

/** A person to turn to; nothing where the house has named no telephone. */
export function CallUs() {
  const t = useT('interpretation')
  const phone = knownHouse()?.phone
  if (!phone) return null
  return (
    <a className="pp-call" href={`tel:${phone}`}>
      {t('my.call')} {phone}
    </a>
  )
}
