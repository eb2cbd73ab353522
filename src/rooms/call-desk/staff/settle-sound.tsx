import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import {
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { discardSound, listSounds, matchSound, soundCandidates, type SoundLine } from '../contract/sound.ts'

/** Whose call a recording was, said by somebody; or that it belongs to nobody here. */
export function SettleSound({ sound, onDone }: { sound: SoundLine; onDone: () => void }) {
  const t = useT('call-desk')
  if (sound.state === 'awaiting')
    return (
      <Stack>
        <p>{t('sounds.awaits')}</p>
        <Discard sound={sound} onDone={onDone} />
      </Stack>
    )
  if (sound.state !== 'waiting')
    return (
      <Stack tight>
        <p>
          {t(`sounds.state.${sound.state}`)} {sound.patientName}
        </p>
        <p className="pb-hint">
          {sound.settledBy} <InstantText at={sound.settledAt} /> {sound.note}
        </p>
      </Stack>
    )
  return (
    <Stack>
      {sound.reason && <p>{t(`sounds.because.${sound.reason}`)}</p>}
      <Match sound={sound} onDone={onDone} />
      <Discard sound={sound} onDone={onDone} />
    </Stack>
  )
}

function Match({ sound, onDone }: { sound: SoundLine; onDone: () => void }) {
  const t = useT('call-desk')
  const say = useSay()
  const [chosen, setChosen] = useState<string>()
  const [consent, setConsent] = useState<'given' | 'refused' | undefined>(
    sound.consent === 'given' ? 'given' : undefined,
  )
  const { data, error, refetch } = useApi(soundCandidates, { params: { soundId: sound.id } })
  const match = useAction(matchSound, {
    invalidates: [listSounds],
    onDone: () => {
      say.done(t('sounds.matched'))
      onDone()
    },
  })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  if (data.rows.length === 0) return <p className="pb-hint">{t('sounds.noCalls')}</p>
  return (
    <section>
      <h3>{t('sounds.whose')}</h3>
      <Stack tight>
        <ProblemAlert problem={match.error} />
        <Radio.Group
          className="cd-candidates"
          aria-label={t('sounds.whose')}
          value={chosen ?? null}
          onChange={({ target }) => setChosen(target.value as string)}
          options={data.rows.map((row) => ({
            value: row.id as string,
            label: (
              <span>
                {row.patient.name} <span className="pb-number">{row.patient.phoneMasked}</span>{' '}
                <span className="pb-hint">
                  {row.by} <InstantText at={row.at} />
                </span>{' '}
                {row.samePhone && <Status tone="good">{t('sounds.samePhone')}</Status>}
              </span>
            ),
          }))}
        />
        <Radio.Group
          aria-label={t('sounds.consent')}
          value={consent ?? null}
          onChange={({ target }) => setConsent(target.value as 'given' | 'refused')}
          options={(['given', 'refused'] as const).map((value) => ({ value, label: t(`sounds.said.${value}`) }))}
        />
        <Row>
          <Button
            type="primary"
            disabled={!chosen || !consent}
            loading={match.isPending}
            onClick={() =>
              match.mutate({ params: { soundId: sound.id }, body: { sessionId: chosen as never, consent: consent! } })
            }
          >
            {t(consent === 'refused' ? 'sounds.drop' : 'sounds.match')}
          </Button>
        </Row>
      </Stack>
    </section>
  )
}

function Discard({ sound, onDone }: { sound: SoundLine; onDone: () => void }) {
  const t = useT('call-desk')
  const say = useSay()
  const [because, setBecause] = useState('')
  const discard = useAction(discardSound, {
    invalidates: [listSounds],
    onDone: () => {
      say.done(t('sounds.discarded'))
      onDone()
    },
  })
  return (
    <section>
      <h3>{t('sounds.nobody')}</h3>
      <Stack tight>
        <ProblemAlert problem={discard.error} />
        <Input
          aria-label={t('sounds.discardBecause')}
          placeholder={t('sounds.discardBecause')}
          maxLength={300}
          value={because}
          onChange={({ target }) => setBecause(target.value)}
        />
        <Row>
          <Button
            danger
            disabled={because.trim().length < 2}
            loading={discard.isPending}
            onClick={() => discard.mutate({ params: { soundId: sound.id }, body: { because } })}
          >
            {t('sounds.discard')}
          </Button>
        </Row>
      </Stack>
    </section>
  )
}
