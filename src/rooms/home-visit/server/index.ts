/** The door of the room home-visit: nothing is asked of it yet. */
import './table.ts'
