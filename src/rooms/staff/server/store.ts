import type { Locale } from '../../../platform/contract/index.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export interface NewStaff {
  organizationId: string
  id: string
  login: string
  name: string
  title?: string
  email?: string | null
  departmentId?: string | null
  locale?: Locale
  state: 'invited' | 'active'
  passwordHash: string | null
  passwordExpires?: boolean
  roles: readonly string[]
  now: Date
}

export async function insertStaff(tx: Transaction, staff: NewStaff): Promise<void> {
  await tx
    .insertInto('staff')
    .values({
      organization_id: staff.organizationId,
      id: staff.id,
      login: staff.login,
      name: staff.name,
      title: staff.title ?? '',
      email: staff.email ?? null,
      department_id: staff.departmentId ?? null,
      locale: staff.locale ?? 'zh-CN',
      state: staff.state,
      password_hash: staff.passwordHash,
      password_set_at: staff.passwordHash ? staff.now : null,
      password_expires: staff.passwordExpires ?? true,
      created_at: staff.now,
      failed_since: null,
      locked_until: null,
      totp_sealed: null,
      totp_confirmed_at: null,
      totp_last_step: null,
      disabled_at: null,
    })
    .execute()
  if (staff.roles.length > 0)
    await tx
      .insertInto('staff_role')
      .values(staff.roles.map((role) => ({ organization_id: staff.organizationId, staff_id: staff.id, role })))
      .execute()
}

/** Binds service managers to a physician. Binding twice binds once. */
export async function bindManager(tx: Transaction, organizationId: string, physicianId: string, managerId: string, now: Date): Promise<void> {
  await tx
    .insertInto('physician_manager')
    .values({ organization_id: organizationId, physician_id: physicianId, manager_id: managerId, last_assigned_at: null, created_at: now })
    .onConflict((c) => c.doNothing())
    .execute()
}
