/** The door of the room health-report. */
export { closeRenderer, order, readPrinted, render } from './printing.ts'
