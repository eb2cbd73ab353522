import { Button, Input } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, Row, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { decideRelease, listRisks, type Assessment } from '../contract/risk.ts'

export interface ReleaseBarProps {
  patientId: string
  assessment: Assessment
  canRelease: boolean
}

/** Whether the person may see the result, and the physician's acts on it. */
export function ReleaseBar({ patientId, assessment: { id, release }, canRelease }: ReleaseBarProps) {
  const t = useT('risk')
  const say = useSay()
  const [withholding, setWithholding] = useState(false)
  const decide = useAction(decideRelease, { invalidates: [listRisks] })
  const send = async (decision: 'released' | 'withheld', note = '') => {
    await decide.mutateAsync({
      params: { patientId: patientId as never, assessmentId: id as never },
      body: { decision, note, after: release.number },
    })
    setWithholding(false)
    say.done(t(decision === 'released' ? 'release.releasedDone' : 'release.withheldDone'))
  }
  const { state } = release
  return (
    <Stack tight>
      <Row>
        <Status tone={state === 'waiting' ? 'due' : state === 'withheld' ? 'plain' : 'good'}>
          {t(`release.${state}`, { by: release.by ?? '', note: release.note })}
        </Status>
        {canRelease && (state === 'waiting' || state === 'withheld') && (
          <Button
            size="small"
            type="primary"
            loading={decide.isPending}
            onClick={() => void send('released').catch(say.problem)}
          >
            {t('release.release')}
          </Button>
        )}
        {canRelease && (state === 'waiting' || state === 'released') && !withholding && (
          <Button size="small" onClick={() => setWithholding(true)}>
            {t('release.withhold')}
          </Button>
        )}
      </Row>
      {withholding && (
        <DraftForm<{ note: string }>
          name={`risk-withhold-${id}`}
          schema={decideRelease.body}
          submit={t('release.withhold')}
          onSubmit={({ note }) => send('withheld', note)}
          onCancel={() => setWithholding(false)}
        >
          <Field name="note" label={t('release.because')} required>
            <Input.TextArea rows={2} maxLength={300} />
          </Field>
        </DraftForm>
      )}
    </Stack>
  )
}
