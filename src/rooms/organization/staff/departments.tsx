import { Input, Select, Switch } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { type Column, DraftForm, Field, Loading, ProblemAlert, Status, useAction, useApi, useT } from '../../../platform/web/index.ts'
import { StaffName } from '../../staff/staff/staff-name.tsx'
import { StaffPicker } from '../../staff/staff/staff-picker.tsx'
import { changeDepartment, createDepartment, listDepartments, listSites } from '../contract/place.ts'
import { PlaceTable } from './place-table.tsx'

type Department = OutputOf<typeof listDepartments>['departments'][number]

/** Departments with site and lead. */
export function Departments() {
  const t = useT('organization')
  const { data, error, refetch } = useApi(listDepartments)
  const sites = useApi(listSites)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const siteName = (id: string | null) => sites.data?.sites.find((site) => site.id === id)?.name
  const columns: Column<Department>[] = [
    { key: 'name', title: t('departments.name'), render: ({ name }) => name },
    { key: 'active', title: t('state'), render: ({ active }) => <Status tone={active ? 'good' : 'plain'}>{t(active ? 'inUse' : 'outOfUse')}</Status>, card: 'aside' },
    { key: 'lead', title: t('departments.lead'), render: ({ leadId }) => <StaffName staffId={leadId} /> },
    { key: 'site', title: t('departments.site'), render: ({ siteId }) => siteName(siteId) },
  ]
  return (
    <PlaceTable
      kind="departments"
      rows={data.departments}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      form={(department, close) => <DepartmentForm department={department} onClose={close} />}
    />
  )
}

interface Values {
  name: string
  siteId?: string | null
  leadId?: string | null
  active?: boolean
}

function DepartmentForm({ department, onClose }: { department: Department | undefined; onClose: () => void }) {
  const t = useT('organization')
  const sites = useApi(listSites)
  const create = useAction(createDepartment, { invalidates: [listDepartments] })
  const change = useAction(changeDepartment, { invalidates: [listDepartments] })
  const save = async ({ name, siteId = null, leadId = null, active = true }: Values) => {
    const fields = { name, siteId: siteId ?? null, leadId: leadId ?? null }
    if (department) await change.mutateAsync({ params: { departmentId: department.id }, body: { ...fields, active, version: department.version } })
    else await create.mutateAsync({ body: fields })
    onClose()
  }
  const options = (sites.data?.sites ?? []).filter((site) => site.active || site.id === department?.siteId).map(({ id, name }) => ({ value: id as string, label: name }))
  return (
    <DraftForm<Values> name={`department-${department?.id ?? 'new'}`} {...(department ? { initial: department } : {})} schema={createDepartment.body} onSubmit={save} submit={t('save')} onCancel={onClose}>
      <Field name="name" label={t('departments.name')} required>
        <Input maxLength={100} />
      </Field>
      <Field name="siteId" label={t('departments.site')}>
        <Select allowClear options={options} />
      </Field>
      <Field name="leadId" label={t('departments.lead')} extra={t('departments.leadUse')}>
        <StaffPicker />
      </Field>
      {department && (
        <Field name="active" label={t('inUse')} required extra={t('departments.outOfUseMeans')} valuePropName="checked">
          <Switch />
        </Field>
      )}
    </DraftForm>
  )
}
