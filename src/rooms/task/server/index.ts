/** The door of the room task. */
export { callTasks, type CallTask } from './calls.ts'
export { closeTask, closeTasks, findOpenTasks, type Closing, type OpenTask, type TaskReference } from './close.ts'
export { carryTasks } from './patient-events.ts'
export { createTask, createTasks, type NewTask } from './create.ts'
export { finishTask, taskNamed } from './finish.ts'
export { taskStep } from './step.ts'
