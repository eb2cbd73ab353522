/** The door of the room care-stage: so far nobody calls it. */
import './table.ts'
