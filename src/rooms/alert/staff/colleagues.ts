import { permissionsOf } from '../../staff/contract/permissions.ts'

/** Whether somebody with these roles may handle alerts, and so be on duty or get one. */
export function mayHandle(roles: readonly string[]): boolean {
  return permissionsOf(roles).has('alert.handle')
}

/** Whether somebody with these roles may answer for a rule. */
export function mayConfirm(roles: readonly string[]): boolean {
  return permissionsOf(roles).has('alert.rule.confirm')
}
