import { parseArgs } from 'node:util'
import type { House } from '../../platform/context/house.ts'
import { write } from '../../platform/context/house.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { addStaffByCommand, resetStaffByCommand, ROLE_NAMES } from '../../rooms/staff/server/index.ts'
import type { Role } from '../../rooms/staff/contract/permissions.ts'
import { CommandRefused, type Command } from './command.ts'
import { withHouse } from './with-house.ts'

export const userCommand: Command = {
  name: 'user',
  usage: 'user add LOGIN --name NAME --role ROLE | user reset LOGIN  [--organization SLUG]',
  zh: '新建账号，或给忘记密码的人一个重设链接',
  en: 'create an account, or give a link to set a new password',
  async run(args) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { name: { type: 'string' }, role: { type: 'string', multiple: true }, organization: { type: 'string' } },
    })
    const [verb, login] = positionals
    if ((verb !== 'add' && verb !== 'reset') || !login)
      throw new CommandRefused(`用法 usage: peiban ${userCommand.usage}`)
    const roles = (values.role ?? []) as Role[]
    if (verb === 'add' && (!values.name || roles.length === 0 || roles.some((role) => !ROLE_NAMES.includes(role))))
      throw new CommandRefused(`请给出 --name 和 --role（${ROLE_NAMES.join('、')}）。 Give --name and --role.`)
    await withHouse(async ({ house, config }) => {
      const tenant = await chooseTenant(house, values.organization)
      const actor = systemActor(tenant.id, 'peiban user')
      const token = await write(house, { tenant, actor }, async (ctx) => {
        const result =
          verb === 'add'
            ? await addStaffByCommand(ctx, { login, name: values.name!, roles })
            : await resetStaffByCommand(ctx, login)
        await house.recordAudit(
          ctx.tx,
          {
            organizationId: tenant.id,
            actor,
            action: verb === 'add' ? 'staff.create' : 'staff.reset',
            outcome: 'done',
            patientId: null,
            subjectId: result.staffId,
            detail: { by: 'command line' },
            requestId: null,
            address: null,
          },
          ctx.clock.now(),
          ctx.ids,
        )
        return result.token
      })
      console.log(
        `请把这个链接交给本人，用它设置密码： Hand this link to the person, to set a password:\n${config.publicUrl}/invitation#${token}`,
      )
    })
  },
}

async function chooseTenant(house: House, slug: string | undefined): Promise<Tenant> {
  const tenants = await house.tenants()
  if (!slug && tenants.length === 1) return tenants[0]!
  const { rows } = await house.databases.pool.query<{ id: string; slug: string }>(
    'select id, slug from organization order by created_at',
  )
  const found = tenants.find((tenant) => tenant.id === rows.find((row) => row.slug === slug)?.id)
  if (found) return found
  const known = rows.map((row) => row.slug).join('、')
  throw new CommandRefused(
    rows.length === 0
      ? '还没有机构，请先启动一次陪伴。 There is no organization yet: start Peiban once.'
      : `请用 --organization 指明机构（${known}）。 Name one of them.`,
  )
}
