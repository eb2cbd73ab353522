import { Input } from 'antd'
import type { CallOf, Endpoint } from '../../../platform/contract/index.ts'
import { call, DraftForm, Field, useT } from '../../../platform/web/index.ts'
import { useSaved } from './use-saved.ts'

export interface BecauseProps<E extends Endpoint> {
  endpoint: E
  input: (because: string) => CallOf<E>
  submit: string
  onDone: () => void
}

/** An act on the record that needs its reason; the reason stays to be read. */
export function Because<E extends Endpoint>({ endpoint, input, submit, onDone }: BecauseProps<E>) {
  const t = useT('observation')
  const saved = useSaved()
  const send = async ({ because }: { because: string }) => {
    await (call as (endpoint: Endpoint, input: unknown) => Promise<unknown>)(endpoint, input(because))
    onDone()
    await saved(t('retracted'))
  }
  return (
    <DraftForm<{ because: string }>
      name={`because-${endpoint.name}`}
      keepDraft={false}
      submit={submit}
      onSubmit={send}
      onCancel={onDone}
    >
      <Field
        name="because"
        label={t('correct.because')}
        required
        rules={[{ min: 2, message: t('correct.becauseShort') }]}
      >
        <Input maxLength={300} placeholder={t('correct.becausePlaceholder')} autoFocus />
      </Field>
    </DraftForm>
  )
}
