import type { Generated } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'

export interface StaffTable {
  organization_id: string
  id: string
  login: string
  name: string
  title: Generated<string>
  email: string | null
  department_id: string | null
  locale: Generated<Locale>
  state: 'invited' | 'active' | 'disabled'
  password_hash: string | null
  password_set_at: Date | null
  password_past: Generated<string[]>
  /** False for the demonstration accounts only. */
  password_expires: Generated<boolean>
  failed_count: Generated<number>
  failed_since: Date | null
  locked_until: Date | null
  totp_sealed: Buffer | null
  totp_confirmed_at: Date | null
  totp_last_step: number | null
  version: Generated<number>
  created_at: Date
  disabled_at: Date | null
}

export interface StaffRoleTable {
  organization_id: string
  staff_id: string
  role: string
}

export interface PhysicianManagerTable {
  organization_id: string
  physician_id: string
  manager_id: string
  last_assigned_at: Date | null
  created_at: Date
}

export interface SessionTable {
  organization_id: string
  token_hash: Buffer
  id: string
  staff_id: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  second_factor_at: Date | null
  address: Generated<string>
  user_agent: Generated<string>
  revoked_at: Date | null
  revoked_because: string | null
}

export interface InvitationTable {
  organization_id: string
  token_hash: Buffer
  staff_id: string
  purpose: 'invite' | 'reset'
  created_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface ApiKeyTable {
  organization_id: string
  id: string
  name: string
  token_hash: Buffer
  permissions: string[]
  created_by: string | null
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    staff: StaffTable
    staff_role: StaffRoleTable
    physician_manager: PhysicianManagerTable
    session: SessionTable
    invitation: InvitationTable
    api_key: ApiKeyTable
  }
}
