import { Input } from 'antd'
import { Field, useT } from '../../../platform/web/index.ts'
import { DepartmentSelect } from './department-select.tsx'

export interface PersonValues {
  name: string
  title?: string
  email?: string | null
  departmentId?: string | null
}

/** Name, title, department, mail: what an account says of its person. */
export function PersonFields() {
  const t = useT('staff')
  return (
    <>
      <Field name="name" label={t('staff.name')} required>
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="title" label={t('staff.jobTitle')}>
        <Input maxLength={60} />
      </Field>
      <Field name="departmentId" label={t('staff.department')}>
        <DepartmentSelect />
      </Field>
      <Field name="email" label={t('staff.email')}>
        <Input type="email" maxLength={200} autoComplete="off" />
      </Field>
    </>
  )
}

/** What the contract wants of fields that were left empty. */
export function personOf({ name, title, email, departmentId }: PersonValues) {
  return { name, title: title ?? '', email: email || null, departmentId: departmentId ?? null }
}
