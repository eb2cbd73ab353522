/** The door of the room patient. */
export { visibleTo } from './scope.ts'
