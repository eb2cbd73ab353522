/**
 * The door of the room mood-diary: nothing. What people write down for themselves is read on its own pages and by nobody
 * else's code (R2).
 */
import './table.ts'
