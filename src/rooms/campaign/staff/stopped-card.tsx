import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { ProblemAlert, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { controlCampaign, listCampaigns, readCampaign, type CampaignShown } from '../contract/campaign.ts'
import { readResults } from '../contract/outcome.ts'

/** It paused for what came back from those it wrote to: why, and how it goes on. */
export function StoppedCard({ data, why }: { data: CampaignShown; why: NonNullable<CampaignShown['stoppedWhy']> }) {
  const t = useT('campaign')
  const say = useSay()
  const [because, setBecause] = useState('')
  const act = useAction(controlCampaign, {
    invalidates: [readCampaign, listCampaigns, readResults],
    onDone: ({ people, messages, state }) => say.done(t(`did.${state}`, { people, messages })),
  })
  const resume = () =>
    act.mutate({ params: { campaignId: data.id }, body: { act: 'resume', missed: 'leave-out', because } })
  return (
    <Alert
      type="error"
      showIcon
      title={t('stopped.title')}
      description={
        <Stack tight>
          <p>{t(`stopped.why.${why}`)}</p>
          <p>{t('stopped.text')}</p>
          {data.can.run && data.state === 'paused' && (
            <>
              <Input
                aria-label={t('stopped.because')}
                placeholder={t('stopped.becauseExample')}
                maxLength={300}
                value={because}
                onChange={(event) => setBecause(event.target.value)}
              />
              <Row>
                <Button type="primary" disabled={because.trim().length < 2} loading={act.isPending} onClick={resume}>
                  {t('stopped.resume')}
                </Button>
              </Row>
              <ProblemAlert problem={act.error} />
            </>
          )}
        </Stack>
      }
    />
  )
}
