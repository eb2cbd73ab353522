import { Card, useMay, useT } from '../../../platform/patient-web/index.ts'
import { CallUs } from './call-us.tsx'
import type { MyInterpretation, PartProps } from './interpretation-page.tsx'
import { SlotChoice } from './slot-choice.tsx'
import { useWhen } from './use-when.ts'

/** When, how and where; and another time, as long as it is not that time yet. */
export function Booked({ of, onChanged }: PartProps) {
  const t = useT('interpretation')
  const { when } = useWhen()
  const may = useMay()
  const { slot } = of
  if (!slot) return null
  return (
    <>
      <Card title={t('my.booked.title')}>
        <p>
          <strong>{when(slot)}</strong>
        </p>
        <p>
          {t(`my.way.${slot.way}`)} · {t('my.choose.doctor', { name: slot.doctorName })}
        </p>
        <Where of={of} />
        <p className="pp-hint">{t('my.booked.prepare')}</p>
        {!of.changeable && may('book') && (
          <>
            <p className="pp-hint">{t('my.booked.late')}</p>
            <CallUs />
          </>
        )}
      </Card>
      {of.changeable && of.offers.length > 0 && (
        <details className="pp-group">
          <summary>{t('my.choose.other')}</summary>
          <SlotChoice of={of} title={t('my.choose.other')} onChanged={onChanged} />
        </details>
      )}
    </>
  )
}

function Where({ of: { slot, phoneMasked } }: { of: MyInterpretation }) {
  const t = useT('interpretation')
  switch (slot?.way) {
    case 'phone':
      return <p>{phoneMasked ? t('my.booked.phone', { phone: phoneMasked }) : t('my.booked.phoneUnknown')}</p>
    case 'video':
      return (
        <>
          <p>{t('my.booked.video')}</p>
          {slot.place.startsWith('https://') && (
            <a className="pp-call" href={slot.place} target="_blank" rel="noreferrer">
              {t('my.booked.open')}
            </a>
          )}
        </>
      )
    case 'in-person':
      return <p>{slot.place ? t('my.booked.in-person', { place: slot.place }) : t('my.booked.in-personUnknown')}</p>
    case 'voice':
      return <p>{t('my.booked.voice')}</p>
    default:
      return null
  }
}
