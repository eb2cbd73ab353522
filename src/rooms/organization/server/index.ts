/** The door of the room organization. */
export { findTenantBySlug, findTenants } from './store.ts'
