/** The door of the room campaign. */
import './table.ts'
export { campaignStep } from './care.ts'
export { noteDate, type FixedDate } from './date.ts'
export { furnishCampaigns } from './demonstration.ts'
export { enterDue } from './enter.ts'
export { stepDue } from './engine.ts'
export { installShippedCampaigns } from './shipped.ts'
