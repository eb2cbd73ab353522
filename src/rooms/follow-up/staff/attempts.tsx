import { Button, Input, Radio, Select, Space } from 'antd'
import { useState } from 'react'
import { InstantText, ProblemAlert, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { logAttempt, type VisitView } from '../contract/visit.ts'
import { ATTEMPT_CHANNELS, ATTEMPT_OUTCOMES, type AttemptChannel, type AttemptOutcome } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './words.ts'

/** Outcomes with a button of their own, since they are what a nurse meets fifty times a day. */
const AT_HAND: AttemptOutcome[] = ['reached', 'no-answer', 'busy', 'call-back']
const LATER: AttemptOutcome[] = ATTEMPT_OUTCOMES.filter((outcome) => !AT_HAND.includes(outcome))

/** 联系记录: each try in one click; what it takes to try again once contact is lost. */
export function Attempts({ visit }: { visit: VisitView }) {
  const t = useT('follow-up')
  const say = useSay()
  const [channel, setChannel] = useState<AttemptChannel>('phone')
  const [because, setBecause] = useState('')
  const log = useAction(logAttempt, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ lost }) => {
      setBecause('')
      say.done(t(lost ? 'said.lost' : 'said.attempt'))
    },
  })
  const asksWhy = visit.lost || log.error?.code === 'AttemptReasonNeeded'
  const put = (outcome: AttemptOutcome) =>
    log.mutate({ params: { occurrenceId: visit.id }, body: { channel, outcome, note: '', because } })
  return (
    <section>
      <h3>{t('attempts.title')}</h3>
      <Stack tight>
        <ProblemAlert problem={log.error} />
        {visit.lost && <p className="pb-danger">{t('attempts.lost')}</p>}
        <Radio.Group
          size="small"
          optionType="button"
          aria-label={t('attempts.channel')}
          value={channel}
          onChange={({ target }) => setChannel(target.value as AttemptChannel)}
          options={ATTEMPT_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
        />
        {asksWhy && (
          <Input
            aria-label={t('attempts.because')}
            placeholder={t('attempts.because')}
            maxLength={300}
            value={because}
            onChange={({ target }) => setBecause(target.value)}
          />
        )}
        <Space wrap size={8}>
          {AT_HAND.map((outcome) => (
            <Button key={outcome} size="small" loading={log.isPending} onClick={() => put(outcome)}>
              {t(`outcome.${outcome}`)}
            </Button>
          ))}
          <Select
            size="small"
            aria-label={t('attempts.more')}
            placeholder={t('attempts.more')}
            value={null}
            style={{ minWidth: 110 }}
            onChange={(outcome) => outcome && put(outcome as AttemptOutcome)}
            options={LATER.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          />
        </Space>
        <Tries visit={visit} />
      </Stack>
    </section>
  )
}

export function Tries({ visit }: { visit: Pick<VisitView, 'tries'> }) {
  const t = useT('follow-up')
  if (visit.tries.length === 0) return <p className="pb-hint">{t('attempts.none')}</p>
  return (
    <ul className="pb-tries">
      {visit.tries.toReversed().map((one) => (
        <li key={one.id}>
          <Status tone={one.outcome === 'reached' ? 'good' : 'plain'}>{t(`outcome.${one.outcome}`)}</Status>{' '}
          <span className="pb-hint">
            {t(`channel.${one.channel}`)} · {one.by} <InstantText at={one.startedAt} />
            {one.because && ` · ${one.because}`}
            {one.note && ` · ${one.note}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
