import { Select } from 'antd'
import { Field, useApi, useT } from '../../../platform/web/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { listDirectory } from '../../staff/contract/staff.ts'

/** Who sees to it: whoever may record complaints themselves. */
export function OwnerField() {
  const t = useT('complaint')
  const { data } = useApi(listDirectory, { query: { limit: 500 } as never })
  const options = (data?.staff ?? [])
    .filter(({ roles }) => permissionsOf(roles).has('complaint.record'))
    .map(({ id, name, title }) => ({ value: id as string, label: title ? `${name} ${title}` : name }))
  return (
    <Field name="ownerId" label={t('form.owner')} required>
      <Select options={options} showSearch={{ optionFilterProp: 'label' }} placeholder={t('form.pick')} />
    </Field>
  )
}
