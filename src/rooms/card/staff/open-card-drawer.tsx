import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CallOf } from '../../../platform/contract/index.ts'
import { call, SideDrawer, useSay, useT } from '../../../platform/web/index.ts'
import { getPatient, listPatients, searchPatients } from '../../patient/contract/patient.ts'
import { cardsOfPatient, openCard, type CardView } from '../contract/card.ts'
import { ActivationStep } from './activation-step.tsx'
import { ForKnown } from './for-known.tsx'
import { OpenCardForm } from './open-card-form.tsx'

export interface OpenCardDrawerProps {
  open: boolean
  /** Somebody known: then only the consents are asked. */
  patientId?: string | undefined
  onClose: () => void
}

/** 开卡 at the side of the list: who it is, what they agree to, then the code from their phone. */
export function OpenCardDrawer({ open, patientId, onClose }: OpenCardDrawerProps) {
  const t = useT('card')
  const say = useSay()
  const client = useQueryClient()
  const [card, setCard] = useState<CardView>()
  const [known, setKnown] = useState<string>()
  const close = () => {
    setCard(undefined)
    setKnown(undefined)
    onClose()
  }
  const send = async (body: CallOf<typeof openCard>['body']) => {
    const answer = await call(openCard, { body })
    setCard(answer.card)
    say.done(t('open.opened', { number: answer.card.number }))
    await Promise.all(
      [listPatients, searchPatients, cardsOfPatient, getPatient].map(({ name }) =>
        client.invalidateQueries({ queryKey: [name] }),
      ),
    )
  }
  const whom = patientId ?? known
  return (
    <SideDrawer title={card ? t('activate.title') : t('open.title')} open={open} onClose={close} widthPx={600}>
      {card ? (
        <ActivationStep card={card} onDone={close} />
      ) : whom ? (
        <ForKnown patientId={whom} onSubmit={(consents) => send({ patientId: whom, consents })} onCancel={close} />
      ) : (
        <OpenCardForm
          onSubmit={(patient, consents) => send({ patient, consents })}
          onKnown={setKnown}
          onCancel={close}
        />
      )}
    </SideDrawer>
  )
}
