import { Alert, Button, Input, Radio } from 'antd'
import { useState, type ReactNode } from 'react'
import {
  Card,
  Empty,
  Facts,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { summarizeMessages } from '../contract/message.ts'
import { CHOICES, liftStop, listStops, type SendingStop } from '../contract/stop.ts'

const titleOf = (t: T, { kind, scope, keeper }: SendingStop): string =>
  t(`stop.title.${kind}`, { name: scope === 'sms' ? t('channel.sms') : keeper })

/** What does not leave the house at present, why, and how it goes on. */
export function StopsTab() {
  const t = useT('message')
  const { data, error, refetch } = useApi(listStops, undefined, { everyMs: 30_000 })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Stack>
      <p className="pb-hint">{t('stop.hint')}</p>
      {data.open.length === 0 && <Empty title={t('stop.none')} hint={t('stop.noneHint')} />}
      {data.open.map((stop) => (
        <OpenStop key={stop.id} stop={stop} mayLift={data.can.lift} />
      ))}
      {data.lifted.length > 0 && (
        <Card title={t('stop.history')}>
          <ol className="pb-plain-list">
            {data.lifted.map((stop) => (
              <li key={stop.id}>
                {t('stop.historyLine', {
                  title: titleOf(t, stop),
                  by: stop.liftedBy ?? '',
                  because: stop.because || t('stop.byItself'),
                })}{' '}
                <span className="pb-hint">
                  <InstantText at={stop.liftedAt} />
                </span>
              </li>
            ))}
          </ol>
        </Card>
      )}
    </Stack>
  )
}

const GAP = ['sent', 'late', 'maybe', 'promotion', 'campaign', 'care'] as const

function OpenStop({ stop, mayLift }: { stop: SendingStop; mayLift: boolean }) {
  const t = useT('message')
  const { gap } = stop
  const raised = <InstantText at={stop.raisedAt} />
  const knowsUntil = <InstantText at={stop.knowsUntil} />
  const items: [string, ReactNode][] = [[t('stop.raised'), raised]]
  if (stop.knowsUntil) items.push([t('stop.knowsUntil'), knowsUntil])
  if (stop.reply) items.push([t('stop.said'), stop.reply])
  const isUnknown = gap !== null && !stop.isRemembered
  if (gap)
    for (const key of GAP)
      items.push([t(key === 'care' && isUnknown ? 'stop.gap.careUnknown' : `stop.gap.${key}`), gap[key]])
  else items.push([t('stop.waiting'), stop.waiting])
  return (
    <Card title={titleOf(t, stop)}>
      <Stack>
        <p>{t(`stop.why.${stop.why}`)}</p>
        <Facts items={items} />
        {isUnknown && <Alert type="warning" showIcon title={t('stop.unknown')} />}
        {gap && gap.campaign > 0 && <p className="pb-hint">{t('stop.gap.campaignHint')}</p>}
        {stop.kind === 'campaign' ? (
          <Go to={`/campaigns/${stop.scope}`}>{t('stop.ofCampaign')}</Go>
        ) : (
          stop.kind !== 'login' && (mayLift ? <Lift stop={stop} /> : <p className="pb-hint">{t('stop.onlyLead')}</p>)
        )}
      </Stack>
    </Card>
  )
}

type Choice = (typeof CHOICES)[number]

function Lift({ stop }: { stop: SendingStop }) {
  const t = useT('message')
  const say = useSay()
  const [because, setBecause] = useState('')
  const [maybe, setMaybe] = useState<Choice>('leave-out')
  const [promotion, setPromotion] = useState<Choice>('leave-out')
  const isUnknown = stop.gap !== null && !stop.isRemembered
  const [care, setCare] = useState<Choice>(isUnknown ? 'leave-out' : 'send')
  const lift = useAction(liftStop, {
    invalidates: [listStops, summarizeMessages],
    onDone: () => say.done(t('stop.lifted')),
  })
  const choose = (label: string, value: Choice, change: (choice: Choice) => void) => (
    <Radio.Group
      aria-label={label}
      value={value}
      onChange={(event) => change(event.target.value as Choice)}
      options={CHOICES.toReversed().map((one) => ({ value: one, label: t(`stop.choice.${one}`) }))}
    />
  )
  return (
    <Stack tight>
      {stop.gap && (
        <Facts
          items={[
            [t('stop.maybe'), choose(t('stop.maybe'), maybe, setMaybe)],
            [t('stop.promotion'), choose(t('stop.promotion'), promotion, setPromotion)],
            ...(isUnknown ? [[t('stop.care'), choose(t('stop.care'), care, setCare)] as const] : []),
          ]}
        />
      )}
      {stop.gap && care === 'send' && <p className="pb-hint">{t('stop.liftHint', { count: stop.gap.care })}</p>}
      <span className="pb-hint">{t('stop.because')}</span>
      <Input
        aria-label={t('stop.because')}
        placeholder={t('stop.becauseExample')}
        maxLength={300}
        value={because}
        onChange={(event) => setBecause(event.target.value)}
      />
      <Row>
        <Button
          type="primary"
          disabled={because.trim().length < 2}
          loading={lift.isPending}
          onClick={() => lift.mutate({ params: { stopId: stop.id }, body: { because, maybe, promotion, care } })}
        >
          {t('stop.lift')}
        </Button>
      </Row>
      <ProblemAlert problem={lift.error} />
    </Stack>
  )
}
