/** The door of the room lifecycle. */
export { furnishLifecycle } from './demonstration.ts'
export { relationshipOf } from './read.ts'
export { installShippedStageRules } from './shipped.ts'
export { lifecycleStep } from './step.ts'
