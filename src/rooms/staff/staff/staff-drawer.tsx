import { useState } from 'react'
import { Button } from 'antd'
import { DraftForm, Facts, Field, InstantText, Loading, ProblemAlert, Row, SideDrawer, Stack, useAction, useApi, useMe, useSay, useT } from '../../../platform/web/index.ts'
import { changeRoles, changeStaff, getStaff, listStaff, type StaffAccount } from '../contract/administration.ts'
import type { Role } from '../contract/permissions.ts'
import { PersonFields, personOf, type PersonValues } from './person-fields.tsx'
import { RoleNames } from './role-names.tsx'
import { RoleSelect } from './role-select.tsx'
import { StaffActs } from './staff-acts.tsx'
import { StaffState } from './staff-list-page.tsx'

/** One account at the side: who it is, what it may do, and what can be done with it. */
export function StaffDrawer({ staffId, onClose }: { staffId: string | undefined; onClose: () => void }) {
  return staffId ? <Opened key={staffId} staffId={staffId} onClose={onClose} /> : null
}

function Opened({ staffId, onClose }: { staffId: string; onClose: () => void }) {
  const { data, error, refetch } = useApi(getStaff, { params: { staffId } })
  return (
    <SideDrawer title={data?.name ?? ''} open onClose={onClose}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && <Account account={data} />}
    </SideDrawer>
  )
}

function Account({ account }: { account: StaffAccount }) {
  const t = useT('staff')
  const isMe = useMe().id === account.id
  const [editing, setEditing] = useState<'person' | 'roles'>()
  const close = () => setEditing(undefined)
  if (editing === 'person') return <PersonForm account={account} onClose={close} />
  if (editing === 'roles') return <RolesForm account={account} onClose={close} />
  return (
    <Stack>
      <Facts
        items={[
          [t('staff.state'), <StaffState key="state" account={account} />],
          [t('signIn.login'), account.login],
          [t('staff.roles'), <RoleNames key="roles" roles={account.roles} />],
          [t('staff.department'), account.departmentName],
          [t('staff.jobTitle'), account.title],
          [t('staff.email'), account.email],
          [t('account.secondFactor'), t(account.secondFactor ? 'staff.factorSet' : 'staff.factorNone')],
          [t('staff.lastSeen'), account.lastSeenAt && <InstantText key="seen" at={account.lastSeenAt} />],
          [t('staff.lockedUntil'), account.lockedUntil && <InstantText key="locked" at={account.lockedUntil} />],
        ]}
      />
      <Row>
        <Button onClick={() => setEditing('person')}>{t('staff.edit')}</Button>
        {!isMe && <Button onClick={() => setEditing('roles')}>{t('staff.editRoles')}</Button>}
      </Row>
      {isMe ? <p className="pb-hint">{t('staff.notOneself')}</p> : <StaffActs account={account} />}
    </Stack>
  )
}

function PersonForm({ account, onClose }: { account: StaffAccount; onClose: () => void }) {
  const t = useT('staff')
  const change = useAction(changeStaff, { invalidates: [listStaff, getStaff] })
  const save = async (values: PersonValues) => {
    await change.mutateAsync({ params: { staffId: account.id }, body: { ...personOf(values), version: account.version } })
    onClose()
  }
  const { name, title, email, departmentId } = account
  return (
    <DraftForm<PersonValues> name={`staff-${account.id}`} initial={{ name, title, email, departmentId }} schema={changeStaff.body} onSubmit={save} submit={t('save')} onCancel={onClose}>
      <PersonFields />
    </DraftForm>
  )
}

function RolesForm({ account, onClose }: { account: StaffAccount; onClose: () => void }) {
  const t = useT('staff')
  const say = useSay()
  const change = useAction(changeRoles, { invalidates: [listStaff, getStaff] })
  const save = async ({ roles }: { roles: Role[] }) => {
    await change.mutateAsync({ params: { staffId: account.id }, body: { roles, version: account.version } })
    say.done(t('staff.rolesChanged', { name: account.name }))
    onClose()
  }
  return (
    <DraftForm<{ roles: Role[] }> name={`staff-roles-${account.id}`} keepDraft={false} initial={{ roles: account.roles }} schema={changeRoles.body} onSubmit={save} submit={t('staff.editRoles')} onCancel={onClose}>
      <p style={{ marginBottom: 16 }}>{t('staff.rolesEffect', { name: account.name })}</p>
      <Field name="roles" label={t('staff.roles')} required extra={t('staff.rolesRule')}>
        <RoleSelect />
      </Field>
    </DraftForm>
  )
}
