import { Form, type FormItemProps } from 'antd'
import { useContext, type ReactElement } from 'react'
import { useLocale, useT } from '../language/use-t.ts'
import { SchemaContext } from './draft-form.tsx'
import { complaintOf } from './schema-rule.ts'

export interface FieldProps extends Omit<FormItemProps, 'children' | 'name' | 'label'> {
  name: string | (string | number)[]
  label: string
  required?: boolean
  /** Where a value that is already filled in came from: 来自 2025 年体检. */
  from?: string
  /** Its input says its own name, as a tick with its words does: none stands above it. */
  namesItself?: boolean
  children: ReactElement
}

/** One labelled input, judged by the form's schema as one leaves it. */
export function Field({ name, label, required = false, from, namesItself = false, rules = [], children, ...rest }: FieldProps) {
  const t = useT('web')
  const locale = useLocale()
  const schema = useContext(SchemaContext)
  const path = Array.isArray(name) ? name : [name]
  const own = { validateTrigger: 'onBlur', validator: (_rule: unknown, value: unknown) => complaint(value) }
  const complaint = async (value: unknown) => {
    if (value === undefined || value === null || value === '') return
    const found = schema ? complaintOf(schema, path, value, locale) : undefined
    if (found) throw new Error(found)
  }
  return (
    <Form.Item
      name={path.length === 1 ? path[0]! : path}
      label={namesItself ? undefined : label}
      required={required}
      rules={[...(required ? [{ required: true, message: t('form.required', { label }) }] : []), own, ...rules]}
      {...(from ? { extra: <span className="pb-from">{from}</span> } : {})}
      {...rest}
    >
      {children}
    </Form.Item>
  )
}
