/** The door of the room file-link: nobody calls it yet. */
import './table.ts'
