import { Input, Radio } from 'antd'
import { DateInput, DraftForm, Field, useAction, useT } from '../../../platform/web/index.ts'
import { closeNodule } from '../contract/nodule.ts'
import type { Result } from '../contract/words.ts'
import { useDone, type ActProps } from './act-drawer.tsx'

interface Closing {
  result: Result
  text: string
  on?: string | null
}

/** Ended with a result and with words for it; time alone ends nothing. */
export function CloseForm({ nodule, onClose }: ActProps) {
  const t = useT('nodule')
  const close = useAction(closeNodule, useDone(t('close.saved'), onClose))
  return (
    <DraftForm<Closing>
      name={`nodule-close-${nodule.id}`}
      schema={closeNodule.body}
      submit={t('close.save')}
      onCancel={onClose}
      onSubmit={({ on = null, ...body }) =>
        close.mutateAsync({ params: { noduleId: nodule.id }, body: { ...body, on, version: nodule.version } })
      }
    >
      <p className="pb-hint">{t('close.hint')}</p>
      <Field name="result" label={t('close.result')} required>
        <Radio.Group options={nodule.results.map((value) => ({ value, label: t(`result.${value}`) }))} />
      </Field>
      <Field name="text" label={t('close.text')} required>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} placeholder={t('close.placeholder')} />
      </Field>
      <Field name="on" label={t('close.on')}>
        <DateInput />
      </Field>
    </DraftForm>
  )
}
