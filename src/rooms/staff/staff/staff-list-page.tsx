import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { type Column, Empty, type FilterField, InstantText, ListPage, SideDrawer, Status, useAddress, useApi, useApiPages, useLocale, useOpened, useT } from '../../../platform/web/index.ts'
import { listDepartments } from '../../organization/contract/place.ts'
import { listStaff, staffState, type StaffAccount } from '../contract/administration.ts'
import { ROLES } from '../contract/permissions.ts'
import { role } from '../contract/staff.ts'
import { RoleNames } from './role-names.tsx'
import { StaffCreateForm } from './staff-create-form.tsx'
import { StaffDrawer } from './staff-drawer.tsx'

const search = z.object({
  search: z.string().optional(),
  role: role.optional(),
  state: staffState.optional(),
  departmentId: z.string().optional(),
})

/** Accounts: who works here, with which roles, and whether they can get in. */
export function StaffListPage() {
  const t = useT('staff')
  const words = useLocale() === 'en' ? 'en' : 'zh'
  const [filter, change] = useAddress(search)
  const rows = useApiPages(listStaff, { query: filter })
  const departments = useApi(listDepartments)
  const opened = useOpened('staff')
  const [creating, setCreating] = useState(false)
  const fields: FilterField[] = [
    { kind: 'text', key: 'search', label: t('staff.search') },
    { kind: 'choice', key: 'role', label: t('staff.roles'), options: role.options.map((value) => ({ value, label: ROLES[value][words] })) },
    { kind: 'choice', key: 'state', label: t('staff.state'), options: staffState.options.map((value) => ({ value, label: t(`staff.states.${value}`) })) },
    {
      kind: 'choice',
      key: 'departmentId',
      label: t('staff.department'),
      options: (departments.data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
  ]
  const columns: Column<StaffAccount>[] = [
    { key: 'name', title: t('staff.name'), render: ({ name }) => name },
    { key: 'state', title: t('staff.state'), render: (account) => <StaffState account={account} />, card: 'aside' },
    { key: 'login', title: t('signIn.login'), render: ({ login }) => login },
    { key: 'roles', title: t('staff.roles'), render: ({ roles }) => <RoleNames roles={roles} /> },
    { key: 'department', title: t('staff.department'), render: ({ departmentName }) => departmentName },
    { key: 'title', title: t('staff.jobTitle'), render: ({ title }) => title, optional: true },
    { key: 'factor', title: t('account.secondFactor'), render: ({ secondFactor }) => t(secondFactor ? 'staff.factorSet' : 'staff.factorNone') },
    { key: 'seen', title: t('staff.lastSeen'), render: ({ lastSeenAt }) => lastSeenAt && <InstantText at={lastSeenAt} /> },
  ]
  const invite = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t('staff.invite')}
    </Button>
  )
  return (
    <ListPage
      title={t('staff.title')}
      hint={t('staff.hint')}
      actions={invite}
      name="staff"
      label={t('staff.title')}
      filters={{ fields, state: filter, change }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      onOpen={({ id }) => opened.open(id)}
      empty={<Empty title={t('staff.empty')} action={invite} />}
    >
      <SideDrawer title={t('staff.invite')} open={creating} onClose={() => setCreating(false)}>
        <StaffCreateForm onClose={() => setCreating(false)} />
      </SideDrawer>
      <StaffDrawer staffId={opened.id} onClose={opened.close} />
    </ListPage>
  )
}

/** Whether somebody can get in, and if not, why. */
export function StaffState({ account: { state, lockedUntil } }: { account: Pick<StaffAccount, 'state' | 'lockedUntil'> }) {
  const t = useT('staff')
  if (lockedUntil) return <Status tone="due">{t('staff.states.locked')}</Status>
  return <Status tone={state === 'active' ? 'good' : 'plain'}>{t(`staff.states.${state}`)}</Status>
}
