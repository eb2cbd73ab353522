import { useLocale, useT } from '../../../platform/web/index.ts'
import { ROLES, type Role } from '../contract/permissions.ts'

/** Roles by their names in the reader's language. */
export function RoleNames({ roles }: { roles: readonly Role[] }) {
  const t = useT('staff')
  const words = useLocale() === 'en' ? 'en' : 'zh'
  return <>{roles.map((role) => ROLES[role][words]).join(t('comma'))}</>
}
