import { Input } from 'antd'
import { DateInput, DraftForm, Field, useAction, useT } from '../../../platform/web/index.ts'
import { reopenNodule, setRecheckDay, withdrawScan } from '../contract/nodule.ts'
import type { ScanView } from '../contract/words.ts'
import { useDone, type ActProps } from './act-drawer.tsx'

const Why = <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />

/** A physician's own day for the next look, with the reason. */
export function DayForm({ nodule, onClose }: ActProps) {
  const t = useT('nodule')
  const set = useAction(setRecheckDay, useDone(t('interval.saved'), onClose))
  return (
    <DraftForm<{ dueOn: string; because: string }>
      name={`nodule-day-${nodule.id}`}
      schema={setRecheckDay.body}
      initial={nodule.dueOn ? { dueOn: nodule.dueOn } : {}}
      submit={t('interval.save')}
      onCancel={onClose}
      onSubmit={(body) =>
        set.mutateAsync({ params: { noduleId: nodule.id }, body: { ...body, version: nodule.version } })
      }
    >
      <Field name="dueOn" label={t('interval.due')} required>
        <DateInput />
      </Field>
      <Field name="because" label={t('interval.because')} required>
        {Why}
      </Field>
    </DraftForm>
  )
}

/** Takes a closing back. */
export function ReopenForm({ nodule, onClose }: ActProps) {
  const t = useT('nodule')
  const reopen = useAction(reopenNodule, useDone(t('reopen.saved'), onClose))
  return (
    <DraftForm<{ because: string }>
      name={`nodule-reopen-${nodule.id}`}
      schema={reopenNodule.body}
      submit={t('reopen.save')}
      onCancel={onClose}
      onSubmit={(body) =>
        reopen.mutateAsync({ params: { noduleId: nodule.id }, body: { ...body, version: nodule.version } })
      }
    >
      <Field name="because" label={t('reopen.because')} required>
        {Why}
      </Field>
    </DraftForm>
  )
}

/** The scan is not of this nodule: it counts no more, and is kept. */
export function WithdrawForm({ nodule, scan, onClose }: ActProps & { scan: ScanView }) {
  const t = useT('nodule')
  const withdraw = useAction(withdrawScan, useDone(t('scan.withdrawn'), onClose))
  return (
    <DraftForm<{ because: string }>
      name={`nodule-withdraw-${scan.id}`}
      schema={withdrawScan.body}
      submit={t('act.withdrawScan')}
      onCancel={onClose}
      onSubmit={(body) => withdraw.mutateAsync({ params: { noduleId: nodule.id, scanId: scan.id }, body })}
    >
      <p>
        <span className="pb-number">{scan.on}</span> {t(`modality.${scan.modality}`)}
      </p>
      <Field name="because" label={t('scan.withdrawBecause')} required>
        {Why}
      </Field>
    </DraftForm>
  )
}
