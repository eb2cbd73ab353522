/** The door of the room staff. */
export { authenticate, openSession } from './authenticate.ts'
export { bindManager, insertStaff } from './store.ts'
