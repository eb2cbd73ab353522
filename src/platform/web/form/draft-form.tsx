import { Button, Form, type FormInstance } from 'antd'
import { createContext, useEffect, useRef, useState, type ReactNode } from 'react'
import type { z } from 'zod'
import { ApiProblem } from '../api/api-problem.ts'
import { ProblemAlert } from '../feedback/problem-alert.tsx'
import { useT } from '../language/use-t.ts'
import { drafts } from './draft.ts'
import { fieldErrors, otherProblem } from './field-errors.ts'

/** The contract's body, so that a field is judged as one leaves it by what the server will judge by. */
export const SchemaContext = createContext<z.ZodType | undefined>(undefined)

export interface DraftFormProps<Values extends object> {
  /** Unique, with the object's id where there is one: the draft is kept under it. */
  name: string
  initial?: Partial<Values>
  /** The endpoint's `body`. */
  schema?: z.ZodType
  onSubmit: (values: Values) => Promise<unknown>
  /** The verb on the button: 登记, 保存. */
  submit: string
  onCancel?: () => void
  form?: FormInstance<Values>
  /** Off for passwords and codes, which are never kept. */
  keepDraft?: boolean
  children: ReactNode
}

/** A form that keeps what is typed until it has arrived, judges a field as one leaves it, and shows refusals at their field. */
export function DraftForm<Values extends object>({
  name, initial, schema, onSubmit, submit, onCancel, form: given, keepDraft = true, children,
}: DraftFormProps<Values>) {
  const t = useT('web')
  const [form] = Form.useForm<Values>(given)
  const draft = useRef(keepDraft ? drafts.read<Partial<Values>>(name) : undefined)
  const [restored, setRestored] = useState(draft.current !== undefined)
  const [problem, setProblem] = useState<Error>()
  const [sending, setSending] = useState(false)
  useEffect(() => {
    if (draft.current) form.setFieldsValue(draft.current as never)
  }, [form])
  const forget = () => {
    drafts.drop(name)
    setRestored(false)
    form.resetFields()
  }
  const send = async (values: Values) => {
    setSending(true)
    setProblem(undefined)
    try {
      await onSubmit(values)
      drafts.drop(name)
      setRestored(false)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const known = new Set(Object.keys(form.getFieldsValue(true) as object))
      form.setFields(fieldErrors(error, known) as never)
      setProblem(otherProblem(error, known))
      const first = fieldErrors(error, known)[0]
      if (first) form.scrollToField(first.name as never, { block: 'center', focus: true } as never)
    } finally {
      setSending(false)
    }
  }
  return (
    <SchemaContext value={schema}>
      <Form
        className="pb-form"
        form={form}
        name={name}
        layout="vertical"
        validateTrigger={['onBlur', 'onChange']}
        // On a phone what is missing may stand pages above the button.
        scrollToFirstError={{ block: 'center', focus: true }}
        {...(initial ? { initialValues: initial } : {})}
        onValuesChange={(_changed, all) => keepDraft && drafts.keep(name, all as object)}
        onFinish={(values) => void send(values)}
      >
        {restored && (
          <p className="pb-draft-note">
            {t('form.restored')}
            <button type="button" className="pb-link" onClick={forget}>
              {t('form.forget')}
            </button>
          </p>
        )}
        <ProblemAlert problem={problem} />
        {children}
        <div className="pb-form-foot">
          <Button type="primary" htmlType="submit" loading={sending}>
            {submit}
          </Button>
          {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        </div>
      </Form>
    </SchemaContext>
  )
}
