/** The door of the room organization. */
export { endDemoLoad, findDemoLoad, type DemoLoad } from './demo-load.ts'
export { logoOf } from './logo.ts'
export { settingsOf, showOrganization as organizationOf } from './organization.ts'
export { findDepartments, findLead, insertDepartment, insertSite } from './place-store.ts'
export { mailSender, outsideAddressOf, webAddressOf } from './rules.ts'
export { findTenantBySlug, findTenants, insertOrganization } from './store.ts'
