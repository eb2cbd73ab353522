import { z } from 'zod'
import { calendarDate, endpoint, id, staffId } from '../../../platform/contract/index.ts'
import { taskFilter } from './task.ts'
import { taskLine } from './words.ts'

const list = z.object({
  rows: z.array(taskLine),
  /** Counted up to 1000. */
  count: z.number().int(),
})

export const getWorkbench = endpoint({
  name: 'task.workbench',
  method: 'GET',
  path: '/workbench',
  summary: 'What now: today, overdue and pool, by priority, then due date',
  gate: { permission: 'task.read', audit: { action: 'task.workbench' } },
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.object({
    day: calendarDate,
    today: list,
    overdue: list,
    pool: list,
    /** Own tasks of the next seven days. */
    soon: z.number().int(),
    doneToday: z.number().int(),
  }),
})

export const filterId = id('task-filter')
const filterName = z.string().trim().min(1).max(30)
/** One person keeps at most so many. */
export const FILTERS_MAX = 20
const noPatient = { none: 'a saved filter is the reader’s own and shows nothing of a patient' } as const

export const listFilters = endpoint({
  name: 'task.listFilters',
  method: 'GET',
  path: '/task-filters',
  summary: 'The filters the reader keeps',
  gate: { permission: 'task.read', audit: noPatient },
  output: z.object({ filters: z.array(z.object({ id: filterId, name: z.string(), filter: taskFilter })) }),
})

export const saveFilter = endpoint({
  name: 'task.saveFilter',
  method: 'POST',
  path: '/task-filters',
  summary: 'Keep a filter under a name',
  gate: { permission: 'task.read', audit: noPatient },
  body: z.object({ name: filterName, filter: taskFilter }),
  output: z.object({ id: filterId }),
  problems: ['FilterNameTaken', 'TooManyFilters'],
})

export const changeFilter = endpoint({
  name: 'task.changeFilter',
  method: 'PUT',
  path: '/task-filters/:filterId',
  summary: 'Rename a saved filter or change what it filters',
  gate: { permission: 'task.read', audit: noPatient },
  params: z.object({ filterId }),
  body: z.object({ name: filterName, filter: taskFilter }),
  output: z.object({}),
  problems: ['NotFound', 'FilterNameTaken'],
})

export const removeFilter = endpoint({
  name: 'task.removeFilter',
  method: 'DELETE',
  path: '/task-filters/:filterId',
  summary: 'Forget a saved filter',
  gate: { permission: 'task.read', audit: noPatient },
  params: z.object({ filterId }),
  output: z.object({}),
  problems: ['NotFound'],
})

/** S0-44: figures of the people of a department. */
export const getTeam = endpoint({
  name: 'task.team',
  method: 'GET',
  path: '/task-team',
  summary: 'Customers, open and done tasks and median response of each person of the department',
  gate: { permission: 'metrics.department', audit: { none: 'it counts and names staff only' } },
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  output: z.object({
    from: calendarDate,
    to: calendarDate,
    people: z.array(
      z.object({
        id: staffId,
        name: z.string(),
        customers: z.number().int(),
        open: z.number().int(),
        overdue: z.number().int(),
        /** Closed as completed within the span. */
        done: z.number().int(),
        /** Hours from getting a task to completing it; null without one. */
        medianHours: z.number().nullable(),
      }),
    ),
  }),
})
