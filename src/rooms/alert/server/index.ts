/** The door of the room alert. */
import './table.ts'
export { notesDanger, soundsLikeDanger } from './danger.ts'
export { furnishAlerts } from './demonstration.ts'
export { alertsWithin, hasOpenAlert, isAlertOf, mustBeToldFirst, openAlertsAmong } from './door.ts'
export { dropPackedAlertRule, findPackedAlertRules, layPackedAlertRule } from './packed.ts'
export { raiseAlert, type NewAlert } from './raise.ts'
export { installShippedAlertRules } from './shipped.ts'
export { noteTold, untoldOf, type UntoldAlert } from './told.ts'
