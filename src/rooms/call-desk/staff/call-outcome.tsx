import { Button, Checkbox, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { instantAt } from '../../../platform/clock.ts'
import {
  Card,
  KeyHint,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useSay,
  useShortcut,
  useT,
  useTimeZone,
} from '../../../platform/web/index.ts'
import { endCall, type CallSession } from '../contract/session.ts'
import { HAND_BACK_REASONS, type CallOutcome as Outcome } from '../contract/words.ts'
import { CHANGED } from './changed.ts'
import { OUTCOME_KEYS } from './words.tsx'

export interface CallOutcomeProps {
  session: CallSession
  /** The form was filled and sent: then somebody was reached. */
  reached: boolean
  onHandBack: (reason: (typeof HAND_BACK_REASONS)[number]) => void
}

/** How the call went: one key to choose, Enter to keep it. */
export function CallOutcome({ session, reached, onHandBack }: CallOutcomeProps) {
  const t = useT('call-desk')
  const say = useSay()
  const timeZone = useTimeZone()
  const [outcome, setOutcome] = useState<Outcome>()
  const [note, setNote] = useState('')
  const [backAt, setBackAt] = useState('')
  const [handOver, setHandOver] = useState('')
  const [doNotCall, setDoNotCall] = useState(false)
  const place = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!reached) return
    setOutcome('reached')
    place.current?.scrollIntoView({ block: 'center' })
    place.current?.querySelector('textarea')?.focus({ preventScroll: true })
  }, [reached])
  const end = useAction(endCall, {
    invalidates: CHANGED,
    onDone: ({ patient }) => say.done(t('said.ended', { name: patient.name })),
  })
  const send = () =>
    outcome &&
    end.mutate({
      params: { sessionId: session.id },
      body: {
        outcome,
        note,
        doNotCall,
        ...(outcome === 'call-back' && backAt ? { nextAt: momentOf(backAt, timeZone) } : {}),
        ...(handOver.trim() ? { handOver } : {}),
      },
    })
  return (
    <Card title={t('outcome.title')}>
      <form
        ref={place}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Stack tight>
          <ProblemAlert problem={end.error} />
          <Outcomes chosen={outcome} onChoose={setOutcome} />
          {/* What a slip of a key would set going is said before it is kept. */}
          {(outcome === 'wrong-number' || outcome === 'refused') && (
            <p className="pb-due" role="status">
              {t(`outcome.then.${outcome}`)}
            </p>
          )}
          {outcome === 'call-back' && <BackAt value={backAt} onChange={setBackAt} />}
          <Input.TextArea
            aria-label={t('outcome.note')}
            placeholder={t('outcome.note')}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={1000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <details className="cd-more">
            <summary>{t('outcome.more')}</summary>
            <Stack tight>
              <Input.TextArea
                aria-label={t('outcome.handOver')}
                placeholder={t('outcome.handOver')}
                autoSize={{ minRows: 1, maxRows: 4 }}
                maxLength={500}
                value={handOver}
                onChange={({ target }) => setHandOver(target.value)}
              />
              <Checkbox checked={doNotCall} onChange={({ target }) => setDoNotCall(target.checked)}>
                {t('outcome.doNotCall')}
              </Checkbox>
            </Stack>
          </details>
          <Row>
            <Button type="primary" htmlType="submit" disabled={!outcome} loading={end.isPending}>
              {outcome ? t('act.endAs', { outcome: t(`outcomes.${outcome}`) }) : t('act.end')}
            </Button>
            <HandBack onHandBack={onHandBack} />
          </Row>
        </Stack>
      </form>
    </Card>
  )
}

function Outcomes({ chosen, onChoose }: { chosen: Outcome | undefined; onChoose: (outcome: Outcome) => void }) {
  const t = useT('call-desk')
  return (
    <div className="cd-outcomes" role="group" aria-label={t('outcome.title')}>
      {OUTCOME_KEYS.map((outcome, index) => (
        <OutcomeButton
          key={outcome}
          outcome={outcome}
          digit={String(index + 1)}
          chosen={chosen === outcome}
          onChoose={onChoose}
        />
      ))}
    </div>
  )
}

interface OutcomeButtonProps {
  outcome: Outcome
  digit: string
  chosen: boolean
  onChoose: (outcome: Outcome) => void
}

function OutcomeButton({ outcome, digit, chosen, onChoose }: OutcomeButtonProps) {
  const t = useT('call-desk')
  const button = useRef<HTMLButtonElement>(null)
  // Enter on the chosen one keeps it: the whole call can be told by two keys.
  useShortcut(digit, () => {
    onChoose(outcome)
    button.current?.focus()
  })
  return (
    <Button
      ref={button}
      {...(chosen ? { type: 'primary' as const, ghost: true, htmlType: 'submit' as const } : {})}
      aria-pressed={chosen}
      onClick={(event) => {
        if (chosen) return
        event.preventDefault()
        onChoose(outcome)
      }}
    >
      {t(`outcomes.${outcome}`)} <KeyHint keys={[digit]} />
    </Button>
  )
}

/** The moment that was promised, of the clock of the house. */
function BackAt({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT('call-desk')
  return (
    <label className="cd-field">
      {t('outcome.backAt')}
      <Input type="datetime-local" autoFocus required value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  )
}

function momentOf(typed: string, timeZone: string): string {
  const [date = '', time = '00:00'] = typed.split('T')
  return instantAt(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)), timeZone).toISOString()
}

function HandBack({ onHandBack }: Pick<CallOutcomeProps, 'onHandBack'>) {
  const t = useT('call-desk')
  return (
    <Select
      aria-label={t('act.handBack')}
      placeholder={t('act.handBack')}
      value={null}
      style={{ minWidth: 150 }}
      onChange={(reason) => reason && onHandBack(reason as (typeof HAND_BACK_REASONS)[number])}
      options={HAND_BACK_REASONS.map((value) => ({ value, label: t(`handBack.${value}`) }))}
    />
  )
}
