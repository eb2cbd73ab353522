/** The door of the room risk. */
export { riskStep } from './step.ts'
