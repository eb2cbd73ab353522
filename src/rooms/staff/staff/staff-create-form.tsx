import { Button, Input } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, Stack, useAction, useT } from '../../../platform/web/index.ts'
import { createStaff, listStaff } from '../contract/administration.ts'
import type { Role } from '../contract/permissions.ts'
import { LinkShown, type ShownLink } from './link-shown.tsx'
import { PersonFields, personOf, type PersonValues } from './person-fields.tsx'
import { RoleSelect } from './role-select.tsx'

interface Values extends PersonValues {
  login: string
  roles: Role[]
}

/** Invites a colleague: an account without password, and the link to set one. */
export function StaffCreateForm({ onClose }: { onClose: () => void }) {
  const t = useT('staff')
  const [made, setMade] = useState<{ link: ShownLink; name: string }>()
  const create = useAction(createStaff, { invalidates: [listStaff] })
  const submit = async ({ login, roles, ...person }: Values) => {
    const link = await create.mutateAsync({ body: { ...personOf(person), login, roles } })
    setMade({ link, name: person.name })
  }
  if (made)
    return (
      <Stack>
        <LinkShown {...made} />
        <div>
          <Button type="primary" onClick={onClose}>
            {t('link.done')}
          </Button>
        </div>
      </Stack>
    )
  return (
    <DraftForm<Values> name="staff-create" schema={createStaff.body} onSubmit={submit} submit={t('staff.invite')} onCancel={onClose}>
      <PersonFields />
      <Field name="login" label={t('signIn.login')} required extra={t('staff.loginRule')}>
        <Input maxLength={40} autoCapitalize="none" autoComplete="off" spellCheck={false} />
      </Field>
      <Field name="roles" label={t('staff.roles')} required extra={t('staff.rolesRule')}>
        <RoleSelect />
      </Field>
    </DraftForm>
  )
}
