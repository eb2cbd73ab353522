/** The door of the room patient-access. */
import './table.ts'
export { authenticatePatient, openPatientSession } from './authenticate.ts'
export { cookieOf, isSecure } from './cookie.ts'
export { deviceOf, isSessionOver, sessionEndsAt } from './rules.ts'
export { telephoneOf } from './way-store.ts'
export { openWay, type OpenedWay } from './open-way.ts'
