import { lazy, Suspense } from 'react'
import { Apart, go, Heading, knownHouse, lookAt, Screen, useT, useWhose } from '../../platform/patient-web/index.ts'
import { withTexts } from './texts.ts'

const load = withTexts('family', () => import('../../rooms/family/patient/cared-for.tsx'))
const CaredFor = lazy(async () => ({ default: (await load()).CaredFor }))

/** Nobody is in any more: what that means, and how to come in again. Shows nothing of whoever was here before. */
export function SessionEnded({ onBack }: { onBack: () => void }) {
  const t = useT('web')
  const house = knownHouse()
  const whose = useWhose()
  if (whose) return <NotLetIn onBack={onBack} />
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
      {/* Whoever only looks after others has no session of their own, and is in all the same. */}
      <Apart>
        <Suspense fallback={null}>
          <CaredFor onChosen={onBack} />
        </Suspense>
      </Apart>
    </Screen>
  )
}

/** Somebody else's pages that are closed: said as that, and the way to one's own. */
function NotLetIn({ onBack }: { onBack: () => void }) {
  const t = useT('web')
  const own = () => {
    lookAt(undefined)
    onBack()
    go('/my', { replace: true })
  }
  return (
    <Screen organization={knownHouse()?.organization}>
      <section className="pp-notice">
        <Heading>{t('patient.whoseOverPlain')}</Heading>
        <p>{t('patient.whoseOverWhy')}</p>
        <button type="button" className="pp-button pp-wide" onClick={own}>
          {t('patient.toOwn')}
        </button>
      </section>
    </Screen>
  )
}
