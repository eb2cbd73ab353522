/** The door of the room medication. */
import './table.ts'
