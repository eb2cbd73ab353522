import { Button } from 'antd'
import { ProblemAlert, Stack, useAction, useConfirmReach, useSay, useT } from '../../../platform/web/index.ts'
import { listRecordings, patientRecordings } from '../contract/listen.ts'
import { recordingTerms, withdrawConsent } from '../contract/record.ts'
import type { RecordingLine } from '../contract/words.ts'

/** The person calls back the same day and does not want it kept: whoever called takes it away. */
export function WithdrawPart({ line }: { line: RecordingLine }) {
  const t = useT('recording')
  const say = useSay()
  const confirm = useConfirmReach()
  const withdraw = useAction(withdrawConsent, {
    invalidates: [listRecordings, patientRecordings, recordingTerms],
    onDone: () => say.done(t('call.withdrawn')),
  })
  const onWithdraw = async () => {
    const reach = {
      title: t('call.withdrawTitle'),
      reach: [t('call.withdrawReach'), ...(line.part ? [t('call.withdrawParts')] : [])],
      verb: t('call.withdraw'),
      danger: true,
    }
    if (await confirm(reach)) withdraw.mutate({ params: { recordingId: line.id } })
  }
  return (
    <Stack tight>
      <ProblemAlert problem={withdraw.error} />
      <Button
        type="text"
        danger
        style={{ marginTop: 16 }}
        loading={withdraw.isPending}
        onClick={() => void onWithdraw()}
      >
        {t('call.withdraw')}
      </Button>
    </Stack>
  )
}
