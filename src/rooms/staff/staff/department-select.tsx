import { Select } from 'antd'
import { useApi } from '../../../platform/web/index.ts'
import { listDepartments } from '../../organization/contract/place.ts'

export interface DepartmentSelectProps {
  value?: string | null
  onChange?: (departmentId: string | null) => void
  id?: string
}

/** Chooses a department in use; the one that is chosen stays even when it is not. */
export function DepartmentSelect({ value, onChange, id }: DepartmentSelectProps) {
  const { data } = useApi(listDepartments)
  const options = (data?.departments ?? []).filter((d) => d.active || d.id === value).map(({ id: key, name }) => ({ value: key as string, label: name }))
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      options={options}
    />
  )
}
