import { Input, Select } from 'antd'
import {
  DateInput,
  DraftForm,
  Field,
  SideDrawer,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listProtocols } from '../contract/catalogue.ts'
import { enrol } from '../contract/run.ts'
import { CHANGED_BY_ACT, useSaid } from './words.ts'

interface Values {
  protocol: string
  anchorOn?: string
  reason?: string
}

/** Starts a protocol by hand. */
export function EnrolPlan({
  patientId,
  running,
  onClose,
}: {
  patientId: string
  running: readonly string[]
  onClose: () => void
}) {
  const t = useT('follow-up')
  const said = useSaid()
  const say = useSay()
  const { data, isLoading } = useApi(listProtocols)
  const start = useAction(enrol, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('said.enrolled'))
      onClose()
    },
  })
  const options = (data?.protocols ?? [])
    .filter((one) => one.state === 'published' && one.reach?.length !== 0)
    .map((one) => ({ value: one.code, label: said(one.definition.name), disabled: running.includes(one.code) }))
  return (
    <SideDrawer title={t('plan.enrol')} open onClose={onClose}>
      <DraftForm<Values>
        name={`enrol-${patientId}`}
        submit={t('plan.enrol')}
        onCancel={onClose}
        onSubmit={({ protocol, anchorOn, reason = '' }) =>
          start.mutateAsync({
            params: { patientId: patientId as never },
            body: { protocol, reason, ...(anchorOn ? { anchorOn } : {}) },
          })
        }
      >
        <Field name="protocol" label={t('field.protocol')} required>
          <Select loading={isLoading} options={options} />
        </Field>
        <Field name="anchorOn" label={t('field.anchorOn')} from={t('plan.anchorHint')}>
          <DateInput />
        </Field>
        <Field name="reason" label={t('field.reason')}>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
