import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { digitsIn } from '../../../platform/contract/digits.ts'
import {
  Facts,
  Go,
  InstantText,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import { activateCard, cardsOfPatient, demoOutbox, sendCode, type CardView } from '../contract/card.ts'
import { CARD_TONES } from './card-tone.ts'

/** The code goes to the phone, the person reads it out, the card is active. May be left and done later. */
export function ActivationStep({ card, onDone }: { card: CardView; onDone: () => void }) {
  const t = useT('card')
  const [code, setCode] = useState('')
  const send = useAction(sendCode, { invalidates: [demoOutbox] })
  const activate = useAction(activateCard, {
    invalidates: [cardsOfPatient],
    onDone: ({ result }) => result === 'wrong-code' && setCode(''),
  })
  const params = { cardId: card.id }
  const now = activate.data?.card ?? card
  const isActive = now.state === 'active'
  return (
    <Stack>
      <Facts
        items={[
          [
            t('panel.number'),
            <strong key="n" className="pb-number">
              {card.number}
            </strong>,
          ],
          [
            t('panel.title'),
            <Status key="s" tone={CARD_TONES[now.state]}>
              {t(`state.${now.state}`)}
            </Status>,
          ],
        ]}
      />
      {!isActive && (
        <>
          <p>{t(send.data?.viaGuardian ? 'activate.hintGuardian' : 'activate.hint')}</p>
          <Row>
            <Button
              type={send.data ? 'default' : 'primary'}
              loading={send.isPending}
              onClick={() => send.mutate({ params })}
            >
              {t(send.data ? 'activate.sendAgain' : 'activate.send')}
            </Button>
            {send.data && <span className="pb-hint">{t('activate.sent', { phone: send.data.phoneMasked })}</span>}
          </Row>
          <ProblemAlert problem={send.error} />
          {send.data && (
            <Row>
              <div style={{ flex: '0 0 264px' }}>
                <Input.OTP
                  size="large"
                  aria-label={t('activate.code')}
                  length={6}
                  value={code}
                  onChange={setCode}
                  formatter={digitsIn}
                />
              </div>
              <Button
                type="primary"
                disabled={code.length < 6}
                loading={activate.isPending}
                onClick={() => activate.mutate({ params, body: { code } })}
              >
                {t('activate.do')}
              </Button>
            </Row>
          )}
        </>
      )}
      {activate.data && (
        <Alert
          type={isActive ? 'success' : 'warning'}
          title={t(`activate.result.${activate.data.result}`, { count: activate.data.triesLeft })}
          role="status"
        />
      )}
      <ProblemAlert problem={activate.error} />
      {!isActive && send.data && <DemoOutbox cardId={card.id} />}
      <Row>
        <Button type={isActive ? 'primary' : 'default'} onClick={onDone}>
          {t(isActive ? 'activate.done' : 'activate.later')}
        </Button>
        <Go to={`/patients/${card.patientId}`}>{t('activate.openFile')}</Go>
      </Row>
    </Stack>
  )
}

/** Where no SMS is connected yet, the desk sees here what the phone would have got. */
function DemoOutbox({ cardId }: { cardId: string }) {
  const t = useT('card')
  const { data } = useApi(demoOutbox, {}, { everyMs: 5000 })
  const rows = data?.rows.filter((row) => row.cardId === cardId).slice(0, 2) ?? []
  if (!data?.enabled || rows.length === 0) return null
  return (
    <Alert
      type="info"
      title={t('activate.demo')}
      description={
        <Stack tight>
          <span className="pb-hint">{t('activate.demoHint')}</span>
          {rows.map((row) => (
            <p key={row.id}>
              {row.text}{' '}
              <span className="pb-hint">
                {row.phoneMasked} <InstantText at={row.at} />
              </span>
            </p>
          ))}
        </Stack>
      }
    />
  )
}
