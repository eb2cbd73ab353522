/** The door of the room health-report. */
export { closeRenderer, order, render } from './printing.ts'
