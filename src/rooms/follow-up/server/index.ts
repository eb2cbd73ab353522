/** The door of the room follow-up. */
export { installShippedProtocols } from './shipped.ts'
export { followUpStep } from './step.ts'
