import { Select } from 'antd'
import { useApi } from '../../../platform/web/index.ts'
import type { Role } from '../contract/permissions.ts'
import { listDirectory } from '../contract/staff.ts'

export interface StaffPickerProps {
  /** Only people of this role. */
  role?: Role
  value?: string | null
  onChange?: (staffId: string | null) => void
  id?: string
  allowClear?: boolean
}

/** Chooses a colleague by name; title and department tell two of the same name apart. */
export function StaffPicker({ role, value, onChange, id, allowClear = true }: StaffPickerProps) {
  const { data, isLoading } = useApi(listDirectory, { query: { limit: 500, ...(role ? { role } : {}) } })
  const options = (data?.staff ?? []).map((person) => ({
    value: person.id as string,
    label: [person.name, person.title, person.departmentName].filter(Boolean).join(' · '),
  }))
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear={allowClear}
      loading={isLoading}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      options={options}
    />
  )
}
