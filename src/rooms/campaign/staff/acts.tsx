import { Button } from 'antd'
import {
  Card,
  Decision,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useConfirmReach,
  useGo,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  controlCampaign,
  decideCampaign,
  listCampaigns,
  readCampaign,
  submitCampaign,
  type CampaignShown,
  type CampaignVersion,
} from '../contract/campaign.ts'
import { readResults } from '../contract/outcome.ts'

type Act = 'start' | 'pause' | 'resume' | 'cancel'

/** Start, pause, resume, cancel; what it touches is said before what cannot be undone, and the numbers after. */
export function ControlButtons({ data }: { data: CampaignShown }) {
  const t = useT('campaign')
  const say = useSay()
  const go = useGo()
  const confirm = useConfirmReach()
  const act = useAction(controlCampaign, {
    invalidates: [readCampaign, listCampaigns, readResults],
    onDone: ({ people, messages, state }) => say.done(t(`did.${state}`, { people, messages })),
  })
  const run = (what: Act, missed: 'send' | 'leave-out' = 'send') =>
    act.mutate({ params: { campaignId: data.id }, body: { act: what, missed } })
  const ask = async (what: 'start' | 'cancel') => {
    const reach =
      what === 'start'
        ? [t('start.who'), t('start.gate'), t('start.stop')]
        : [t('cancel.people'), t('cancel.messages'), t('cancel.gone')]
    if (await confirm({ title: t(`${what}.title`), reach, verb: t(`act.${what}`), danger: what === 'cancel' }))
      run(what)
  }
  const isOver = data.state === 'finished' || data.state === 'cancelled'
  return (
    <Row>
      {data.can.save && (
        <Button onClick={() => go(`/campaigns/${data.id}/edit`)}>
          {t(data.open ? 'act.edit' : 'act.nextVersion')}
        </Button>
      )}
      {data.can.run && data.state === 'preparing' && data.inForce && (
        <Button type="primary" loading={act.isPending} onClick={() => void ask('start')}>
          {t('act.start')}
        </Button>
      )}
      {data.can.run && data.state === 'running' && (
        <Button loading={act.isPending} onClick={() => run('pause')}>
          {t('act.pause')}
        </Button>
      )}
      {data.can.run && data.state === 'paused' && !data.awaySince && !data.stoppedWhy && (
        <Button type="primary" loading={act.isPending} onClick={() => run('resume')}>
          {t('act.resume')}
        </Button>
      )}
      {data.can.run && data.state === 'paused' && data.awaySince && !data.stoppedWhy && (
        <>
          <Button type="primary" loading={act.isPending} onClick={() => run('resume', 'leave-out')}>
            {t('act.resumeWithout')}
          </Button>
          <Button loading={act.isPending} onClick={() => run('resume', 'send')}>
            {t('act.resumeWith')}
          </Button>
        </>
      )}
      {data.can.run && !isOver && data.state !== 'preparing' && (
        <Button danger loading={act.isPending} onClick={() => void ask('cancel')}>
          {t('act.cancel')}
        </Button>
      )}
      <ProblemAlert problem={act.error} />
    </Row>
  )
}

/** A version that is being written, or waits for a second pair of eyes. */
export function DecisionCard({ data, open }: { data: CampaignShown; open: CampaignVersion }) {
  const t = useT('campaign')
  const say = useSay()
  const invalidates = [readCampaign, listCampaigns]
  const submit = useAction(submitCampaign, { invalidates, onDone: () => say.done(t('submitted')) })
  const decide = useAction(decideCampaign, { invalidates, onDone: () => say.done(t('decided')) })
  const params = { campaignId: data.id }
  return (
    <Card title={t(`open.${open.state}`, { version: open.version })}>
      <Stack>
        <p className="pb-hint">{t('open.by', { by: open.changedBy })}</p>
        {open.note && <p>{t('open.note', { by: open.decidedBy ?? '', note: open.note })}</p>}
        {open.faults.length > 0 && (
          <ul className="pb-plain-list">
            {open.faults.map((fault) => (
              <li key={`${fault.code} ${fault.step} ${fault.value}`}>
                <Status tone="danger">{t(`fault.${fault.code}`, { value: fault.value })}</Status>
              </li>
            ))}
          </ul>
        )}
        <ProblemAlert problem={submit.error ?? decide.error} />
        {data.can.submit && (
          <Row>
            <Button
              type="primary"
              disabled={open.faults.length > 0}
              loading={submit.isPending}
              onClick={() => submit.mutate({ params, body: { revision: open.revision } })}
            >
              {t('act.submit')}
            </Button>
          </Row>
        )}
        {data.can.decide && (
          <Decision
            noteLabel={t('decide.note')}
            approve={t('act.approve')}
            giveBack={t('act.giveBack')}
            loading={decide.isPending}
            onDecide={(approve, note) => decide.mutate({ params, body: { revision: open.revision, approve, note } })}
          />
        )}
      </Stack>
    </Card>
  )
}
