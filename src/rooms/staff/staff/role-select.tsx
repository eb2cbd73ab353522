import { Select } from 'antd'
import { useLocale, useT } from '../../../platform/web/index.ts'
import { ADMINISTRATORS, roleConflict, ROLES, type Role } from '../contract/permissions.ts'
import { role } from '../contract/staff.ts'

export interface RoleSelectProps {
  value?: Role[]
  onChange?: (roles: Role[]) => void
  id?: string
}

/** Chooses roles. What cannot stand beside those that are chosen is not offered. */
export function RoleSelect({ value = [], onChange, id }: RoleSelectProps) {
  const t = useT('staff')
  const words = useLocale() === 'en' ? 'en' : 'zh'
  const option = (code: Role) => ({ value: code, label: ROLES[code][words], disabled: roleConflict([...value, code]) !== undefined && !value.includes(code) })
  const isAdministrator = (code: Role) => (ADMINISTRATORS as readonly Role[]).includes(code)
  return (
    <Select
      {...(id ? { id } : {})}
      mode="multiple"
      value={value}
      {...(onChange ? { onChange } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        { label: t('staff.roleGroups.work'), options: role.options.filter((code) => !isAdministrator(code)).map(option) },
        { label: t('staff.roleGroups.administer'), options: role.options.filter(isAdministrator).map(option) },
      ]}
    />
  )
}
