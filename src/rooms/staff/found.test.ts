import { expect, test } from 'vitest'
import { verifyPassword } from '../../platform/auth/password.ts'
import { aHouse } from '../../../test/house.ts'
import { roleConflict, ROLES } from './contract/permissions.ts'
import {
  createOrganizationWithAccounts,
  createOrganizationWithAdministrators,
  DEMO_PASSWORD,
  findStaff,
  managersOf,
  noteAssignment,
  staffInRole,
  staffNames,
} from './server/index.ts'

const house = await aHouse()
const { tenant, accounts } = await createOrganizationWithAccounts(house.house, { slug: 'demo', name: '陪伴示范医院' })
const reader = { db: house.house.databases.of(tenant.id), organizationId: tenant.id }

test('a demonstration has an account for every role but the corporate one', () => {
  const roles = new Set(Object.values(accounts).flatMap((account) => account.roles))
  expect([...roles].toSorted()).toEqual(Object.keys(ROLES).filter((role) => role !== 'corporate-hr').toSorted())
  for (const account of Object.values(accounts)) expect(roleConflict(account.roles)).toBeUndefined()
})

test('its accounts share the demonstration password, which does not expire', async () => {
  const rows = await reader.db.selectFrom('staff').select(['login', 'password_hash', 'password_expires']).execute()
  expect(rows).toHaveLength(Object.keys(accounts).length)
  expect(rows.every((row) => !row.password_expires)).toBe(true)
  expect(await verifyPassword(DEMO_PASSWORD, rows[0]!.password_hash!)).toBe(true)
})

test('staff are found by role and by id, and only in their own organization', async () => {
  const physicians = await staffInRole(reader, 'physician')
  expect(physicians.map((p) => p.login).toSorted()).toEqual(['yisheng', 'yisheng2'])
  expect(await findStaff(reader, accounts['kefu']!.id)).toMatchObject({ name: '赵婷', roles: ['desk-agent'], state: 'active' })
  const other = { db: house.house.databases.of(house.tenant.id), organizationId: house.tenant.id }
  expect(await findStaff(other, accounts['kefu']!.id)).toBeUndefined()
  expect(await staffInRole(other, 'physician')).toEqual([])
})

test('names come by id', async () => {
  const { yisheng, kefu } = accounts
  expect(await staffNames(reader, [yisheng!.id, kefu!.id, yisheng!.id])).toEqual(new Map([[yisheng!.id, '张文远'], [kefu!.id, '赵婷']]))
  expect(await staffNames(reader, [])).toEqual(new Map())
})

test('whoever has waited longest for a patient stands first among the managers of a physician', async () => {
  const { yisheng, yisheng2, jianguan, jianguan2 } = accounts
  expect((await managersOf(reader, yisheng!.id)).map((m) => m.id)).toEqual([jianguan!.id, jianguan2!.id].toSorted())
  await house.write((ctx) => noteAssignment(ctx.tx, tenant.id, yisheng!.id, jianguan!.id, ctx.clock.now()), tenant)
  expect((await managersOf(reader, yisheng!.id)).map((m) => m.name)).toEqual(['王海燕', '李素珍'])
  expect((await managersOf(reader, yisheng2!.id)).map((m) => m.name)).toEqual(['王海燕'])
})

test('a disabled manager is nobody to assign to', async () => {
  const { yisheng, jianguan } = accounts
  await reader.db.updateTable('staff').set({ state: 'disabled' }).where('organization_id', '=', tenant.id).where('id', '=', jianguan!.id).execute()
  expect((await managersOf(reader, yisheng!.id)).map((m) => m.name)).toEqual(['王海燕'])
  expect((await staffInRole(reader, 'service-manager')).map((m) => m.name)).toEqual(['王海燕'])
})

test('a real house begins with its three administrators, who have no password yet', async () => {
  const administratorNames = { 'system-administrator': '何伟', 'security-administrator': '冯静', 'audit-administrator': '许正' }
  const founded = await createOrganizationWithAdministrators(house.house, { slug: 'real', name: '仁和医院', administratorNames })
  expect(founded.administrators.map((a) => a.roles).flat()).toEqual(['system-administrator', 'security-administrator', 'audit-administrator'])
  expect(new Set(founded.administrators.map((a) => a.invitationToken)).size).toBe(3)
  const rows = await house.house.databases.of(founded.tenant.id).selectFrom('staff').select(['state', 'password_hash']).execute()
  expect(rows).toEqual(Array(3).fill({ state: 'invited', password_hash: null }))
  expect((await house.house.tenant(founded.tenant.id)).name).toBe('仁和医院')
})
