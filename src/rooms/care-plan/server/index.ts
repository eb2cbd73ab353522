/** The door of the room care-plan. Counselling notes have none: nobody but their author reads them. */
import './table.ts'
export { measuredPlans, plansMeasured, type MeasuredPlan } from './adherence-door.ts'
export { milestonesOf, plansWithin, type PlanMilestones, type PlanStage } from './door.ts'
export { furnishCarePlans } from './demonstration.ts'
export {
  dropPackedTemplate,
  findPackedTemplates,
  layPackedTemplate,
  openPlansOfKinds,
  retirePackedTemplate,
} from './packed.ts'
export { installShippedPlanTemplates } from './shipped.ts'
