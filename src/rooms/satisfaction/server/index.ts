/** The door of the room satisfaction. */
import './table.ts'
export { furnishSatisfaction } from './demonstration.ts'
export { satisfactionBetween, type Satisfaction } from './figures.ts'
export { satisfactionStep } from './step.ts'
