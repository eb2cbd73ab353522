import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as assignment from '../contract/assign-doctor.ts'
import * as handOvers from '../contract/hand-over.ts'
import * as task from '../contract/task.ts'
import { taskTimeline } from '../contract/timeline.ts'
import * as workbench from '../contract/workbench.ts'
import { cancel, claim, complete, release, revise, start } from './act.ts'
import { assignDoctor, listDoctors } from './assign-doctor.ts'
import { handOverMany, listHandOvers, previewHandOver, undoHandOver } from './batch.ts'
import { createByHand, listExecutors } from './by-hand.ts'
import { changeFilter, listFilters, removeFilter, saveFilter } from './filter.ts'
import { handOver } from './hand-over.ts'
import { listTasks } from './list.ts'
import { showTeam } from './team.ts'
import { showTimeline } from './timeline.ts'
import { showTask } from './view.ts'
import { showWorkbench } from './workbench.ts'

export const routes: Route[] = [
  reads(workbench.getWorkbench, (ctx, { query }) => showWorkbench(ctx, query.limit)),
  reads(task.listTasks, (ctx, { query }) => listTasks(ctx, query)),
  reads(task.getTask, (ctx, { params }) => showTask(ctx, params.taskId)),
  writes(task.createNewTask, (ctx, { body }) => createByHand(ctx, body)),
  writes(task.changeTask, (ctx, { params, body }) => revise(ctx, params.taskId, body)),
  writes(task.claimTask, (ctx, { params }) => claim(ctx, params.taskId)),
  writes(task.releaseTask, (ctx, { params, body }) => release(ctx, params.taskId, body.reason)),
  writes(task.startTask, (ctx, { params }) => start(ctx, params.taskId)),
  writes(task.completeTask, (ctx, { params, body }) => complete(ctx, params.taskId, body.outcome)),
  writes(task.cancelTask, (ctx, { params, body }) => cancel(ctx, params.taskId, body.reason)),
  reads(task.listExecutors, (ctx, { query }) => listExecutors(ctx, query)),
  writes(assignment.assignDoctor, (ctx, { params, body }) => assignDoctor(ctx, params.taskId, body.doctorId)),
  reads(assignment.listDoctors, (ctx) => listDoctors(ctx)),
  writes(handOvers.handOverTask, (ctx, { params, body }) => handOver(ctx, params.taskId, body)),
  writes(handOvers.previewHandOver, (ctx, { body }) => previewHandOver(ctx, body.selection, body.toId)),
  writes(handOvers.handOverMany, (ctx, { body }) => handOverMany(ctx, body)),
  writes(handOvers.undoHandOver, (ctx, { params }) => undoHandOver(ctx, params.batchId)),
  reads(handOvers.listHandOvers, (ctx) => listHandOvers(ctx)),
  reads(workbench.listFilters, (ctx) => listFilters(ctx)),
  writes(workbench.saveFilter, (ctx, { body }) => saveFilter(ctx, body)),
  writes(workbench.changeFilter, (ctx, { params, body }) => changeFilter(ctx, params.filterId, body)),
  writes(workbench.removeFilter, (ctx, { params }) => removeFilter(ctx, params.filterId)),
  reads(taskTimeline, (ctx, input) => showTimeline(ctx, input)),
  reads(workbench.getTeam, (ctx, { query }) => showTeam(ctx, query.days)),
]
