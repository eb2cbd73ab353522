import { listHandOvers } from '../contract/hand-over.ts'
import { getTask, listExecutors, listTasks } from '../contract/task.ts'
import { getTeam, getWorkbench } from '../contract/workbench.ts'
import { listDoctors } from '../contract/assign-doctor.ts'

/** What has to be asked for again when a task has changed. */
export const CHANGED_BY_ACT = [getWorkbench, listTasks, getTask, listExecutors, listHandOvers, getTeam, listDoctors]
