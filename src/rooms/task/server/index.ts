/** The door of the room task. */
export { closeTask, closeTasks, findOpenTasks, type Closing, type OpenTask, type TaskReference } from './close.ts'
export { createTask, createTasks, type NewTask } from './create.ts'
export { taskStep } from './step.ts'
