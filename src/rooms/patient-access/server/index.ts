/** The door of the room patient-access. */
import './table.ts'
export { authenticatePatient, openPatientSession } from './authenticate.ts'
export { openWay, type OpenedWay } from './open-way.ts'
