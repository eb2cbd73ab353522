import { Heading, knownHouse, Screen, useT } from '../../platform/patient-web/index.ts'

/** Nobody is in any more: what that means, and how to come in again. Shows nothing of whoever was here before. */
export function SessionEnded() {
  const t = useT('web')
  const house = knownHouse()
  return (
    <Screen organization={house?.organization}>
      <section className="pp-notice">
        <Heading>{t('patient.ended')}</Heading>
        <p>{t('patient.endedWhy')}</p>
        <p>{t('patient.endedHow')}</p>
        {house?.phone && (
          <a className="pp-call" href={`tel:${house.phone}`}>
            {t('patient.call', { organization: house.organization })} {house.phone}
          </a>
        )}
      </section>
    </Screen>
  )
}
