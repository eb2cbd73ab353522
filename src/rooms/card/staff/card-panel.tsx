import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  Empty,
  Facts,
  InstantText,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useCan,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import {
  CONSENT_PURPOSES,
  CONSENT_TEXT_VERSION,
  cardsOfPatient,
  recordConsents,
  type CardView,
} from '../contract/card.ts'
import { ActivationStep } from './activation-step.tsx'
import { CardActDrawer, type CardAct } from './card-act-drawer.tsx'
import { CARD_TONES } from './card-tone.ts'
import { OpenCardDrawer } from './open-card-drawer.tsx'

/** The cards of a patient: state, acts, consents, history. `isOpen` is false for who has died or was merged. */
export function CardPanel({ patientId, isOpen }: { patientId: string; isOpen: boolean }) {
  const t = useT('card')
  const canOpen = useCan('card.open')
  const [opening, setOpening] = useState(false)
  const { data } = useApi(cardsOfPatient, { params: { patientId } })
  const hasOpen = data?.rows.some(({ state }) => state !== 'closed') ?? true
  const button = canOpen && isOpen && !hasOpen && (
    <Button type="primary" onClick={() => setOpening(true)}>
      {t('panel.openCard')}
    </Button>
  )
  return (
    <>
      <Card title={t('panel.title')} extra={data && data.rows.length > 0 && button}>
        {data?.rows.length === 0 && <Empty title={t('panel.none')} hint={t('panel.noneHint')} action={button} />}
        <Stack>
          {data?.rows.map((card) => (
            <OneCard key={card.id} card={card} />
          ))}
        </Stack>
      </Card>
      {canOpen && <OpenCardDrawer open={opening} patientId={patientId} onClose={() => setOpening(false)} />}
    </>
  )
}

function OneCard({ card }: { card: CardView }) {
  const t = useT('card')
  const [act, setAct] = useState<CardAct>()
  const [activating, setActivating] = useState(false)
  return (
    <Stack tight>
      <Row>
        <strong className="pb-number">{card.number}</strong>
        <Status tone={CARD_TONES[card.state]}>{t(`state.${card.state}`)}</Status>
        {card.can.sendCode && (
          <Button size="small" type="primary" onClick={() => setActivating(true)}>
            {t('activate.do')}
          </Button>
        )}
        {card.can.freeze && (
          <Button size="small" onClick={() => setAct('freeze')}>
            {t('panel.freeze')}
          </Button>
        )}
        {card.can.unfreeze && (
          <Button size="small" onClick={() => setAct('unfreeze')}>
            {t('panel.unfreeze')}
          </Button>
        )}
        {card.can.close && (
          <Button size="small" onClick={() => setAct('close')}>
            {t('panel.close')}
          </Button>
        )}
      </Row>
      <Facts
        items={[
          [t('panel.opened'), <InstantText key="o" at={card.openedAt} />],
          [t('panel.activated'), card.activatedAt && <InstantText key="a" at={card.activatedAt} />],
        ]}
      />
      <Consents card={card} t={t} />
      <History card={card} t={t} />
      <CardActDrawer card={card} act={act} onClose={() => setAct(undefined)} />
      <SideDrawer title={t('activate.title')} open={activating} onClose={() => setActivating(false)}>
        <ActivationStep card={card} onDone={() => setActivating(false)} />
      </SideDrawer>
    </Stack>
  )
}

function Consents({ card, t }: { card: CardView; t: T }) {
  const say = useSay()
  const canAnswer = useCan('card.open') && card.state !== 'closed'
  const answer = useAction(recordConsents, { invalidates: [cardsOfPatient], onDone: () => say.done(t('panel.done')) })
  return (
    <section aria-label={t('panel.consents')}>
      <h3>{t('panel.consents')}</h3>
      <Stack tight>
        {CONSENT_PURPOSES.map((purpose) => {
          const known = card.consents.find((one) => one.purpose === purpose)
          const granted = known?.granted ?? false
          const body = { consents: [{ purpose, granted: !granted, textVersion: CONSENT_TEXT_VERSION }] }
          return (
            <Row key={purpose}>
              <span>{t(`consent.${purpose}`)}</span>
              <Status tone={granted ? 'good' : 'plain'}>{t(granted ? 'consent.yes' : 'consent.no')}</Status>
              {known && (
                <span className="pb-hint">
                  {t('consent.at', { by: known.by })}
                  <InstantText at={known.at} />
                </span>
              )}
              {canAnswer && (
                <button
                  type="button"
                  className="pb-link"
                  disabled={answer.isPending}
                  onClick={() => answer.mutate({ params: { cardId: card.id }, body }, { onError: say.problem })}
                >
                  {t(granted ? 'consent.withdraw' : 'consent.give')}
                  <span className="pb-sr">{t(`consent.${purpose}`)}</span>
                </button>
              )}
            </Row>
          )
        })}
      </Stack>
    </section>
  )
}

function History({ card, t }: { card: CardView; t: T }) {
  return (
    <details>
      <summary>{t('panel.history')}</summary>
      {card.history.map((line) => (
        <p key={line.id}>
          {t(`panel.event.${line.kind}`)} {line.reason && <em>“{line.reason}”</em>}{' '}
          <span className="pb-hint">
            {line.by} <InstantText at={line.at} />
          </span>
        </p>
      ))}
    </details>
  )
}
