/** The door of the room newsletter: nobody calls it yet. */
import './table.ts'
