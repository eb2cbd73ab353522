import { Status, useApi, useT } from '../../../platform/web/index.ts'
import { cardsOfPatient } from '../contract/card.ts'
import { CARD_TONES, foremost } from './card-tone.ts'

/** The card's state in the patient's header. */
export function CardState({ patientId }: { patientId: string }) {
  const t = useT('card')
  const { data } = useApi(cardsOfPatient, { params: { patientId } })
  if (!data) return null
  const card = foremost(data.rows)
  return (
    <Status tone={card ? CARD_TONES[card.state] : 'plain'}>{t(card ? `state.${card.state}` : 'header.none')}</Status>
  )
}
