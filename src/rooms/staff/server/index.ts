/** The door of the room staff. */
export { authenticate, openSession } from './authenticate.ts'
export { findStaff, managersOf, noteAssignment, staffInRole, staffNames, staffSummaries, type BoundManager, type StaffSummary } from './directory.ts'
export {
  createOrganizationWithAccounts,
  createOrganizationWithAdministrators,
  DEMO_PASSWORD,
  type FoundedAccount,
  type FoundedOrganization,
} from './found.ts'
export { demoAccounts } from './demo.ts'
export { addStaffByCommand, resetStaffByCommand, ROLE_NAMES } from './command.ts'
export { bindManager, insertStaff } from './store.ts'
