import { instantAt } from '../../../platform/clock.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import type { Act, Place, Priority, TaskState, TaskType } from '../contract/words.ts'

/**
 * What may become of a task: which act leads from which states to which. Overdue is no state: it is reckoned from the
 * due date. A hand-over is an act whose trace is its line in the history.
 */
export const TRANSITIONS: Record<Act, { from: readonly TaskState[]; to: TaskState | null }> = {
  claim: { from: ['requested'], to: 'accepted' },
  release: { from: ['accepted', 'in-progress'], to: 'requested' },
  start: { from: ['accepted'], to: 'in-progress' },
  complete: { from: ['accepted', 'in-progress'], to: 'completed' },
  'assign-doctor': { from: ['requested'], to: 'completed' },
  cancel: { from: ['requested', 'accepted', 'in-progress'], to: 'cancelled' },
  'hand-over': { from: ['requested', 'accepted', 'in-progress'], to: 'accepted' },
  change: { from: ['requested', 'accepted', 'in-progress'], to: null },
}

export const OPEN_STATES = ['requested', 'accepted', 'in-progress'] as const satisfies TaskState[]

export function isOpen(state: TaskState): boolean {
  return (OPEN_STATES as readonly TaskState[]).includes(state)
}

/** Open, and its day has passed. */
export function isOverdue(task: { state: TaskState; dueOn: string }, today: string): boolean {
  return isOpen(task.state) && task.dueOn < today
}

/** Types that say something about health by their name alone. */
export const CLINICAL_TYPES = ['diagnosis-assessment', 'recheck'] as const satisfies TaskType[]

/** What asks for tasks that are done with the form of a follow-up; their key is the follow-up's id. */
const BY_VISIT: readonly string[] = ['follow-up', 'follow-up-alert']
/** What asks for tasks about a talk on a report; their key begins with its id. */
const ABOUT_TALK: readonly string[] = ['interpretation', 'interpretation-question', 'interpretation-month']

/** Where the work of a task is done, when that is not the task itself. */
export function placeOf(task: {
  type: TaskType
  source: string
  source_key: string | null
  patient_id: string | null
}): Place | null {
  if (BY_VISIT.includes(task.source) && task.source_key) return { kind: 'visit', id: task.source_key }
  if (ABOUT_TALK.includes(task.source) && task.source_key)
    return { kind: 'interpretation', id: task.source_key.split(':')[0]! }
  if (task.type === 'diagnosis-assessment' && task.patient_id)
    return { kind: 'diagnosis', id: task.patient_id as PatientId }
  return null
}

export interface Reader {
  id: string | null
  kind: string
  roles: readonly string[]
  permissions: ReadonlySet<string>
}

export interface Standing {
  type: TaskType
  state: TaskState
  owner_id: string | null
  pool_role: string | null
  created_by: string | null
}

/**
 * Whether a reader may do this, whatever the state.
 * @param leads whether the task stands in the department that the reader leads
 */
export function mayAct(act: Act, task: Standing, reader: Reader, leads = false): boolean {
  const mine = reader.id !== null && task.owner_id === reader.id
  const made = reader.id !== null && task.created_by === reader.id
  const may = (permission: string) => reader.permissions.has(permission)
  const inPool = task.owner_id === null && task.pool_role !== null && reader.roles.includes(task.pool_role)
  // The assignment of the doctor stays with all until one has done it (P2): nobody takes, moves or drops it.
  if (task.type === 'assign-doctor') return act === 'assign-doctor' && may('task.assign-doctor')
  switch (act) {
    case 'assign-doctor':
      return false
    case 'claim':
      return inPool && may('task.do')
    case 'release':
    case 'start':
    case 'complete':
      return mine && may('task.do')
    case 'cancel':
      return (mine && may('task.do')) || (made && may('task.create'))
    case 'change':
      return (mine && may('task.do')) || (made && may('task.create'))
    case 'hand-over':
      return (mine && may('task.hand-over')) || (leads && may('task.hand-over-bulk'))
  }
}

/** Acts the reader may do and the state allows. */
export function actsOf(task: Standing, reader: Reader, leads: boolean): Act[] {
  return (Object.keys(TRANSITIONS) as Act[]).filter(
    (act) => TRANSITIONS[act].from.includes(task.state) && mayAct(act, task, reader, leads),
  )
}

export interface Candidate {
  id: string
  /** Living patients whose manager this is: what somebody is responsible for. */
  customers: number
  lastAssignedAt: Date | null
}

/** P4: who is responsible for the fewest customers; then longest without a new one; then by id. */
export function pickExecutor<C extends Candidate>(candidates: readonly C[]): C | undefined {
  return candidates.toSorted(
    (a, b) =>
      a.customers - b.customers ||
      (a.lastAssignedAt?.getTime() ?? -Infinity) - (b.lastAssignedAt?.getTime() ?? -Infinity) ||
      (a.id < b.id ? -1 : 1),
  )[0]
}

/** A task without an hour falls due when the working day begins. */
export const DAY_BEGINS_MINUTE = 9 * 60

/** P7: when the reminders of a task go out, by their offsets. */
export function reminderTimes(
  task: { dueOn: string; dueAt: Date | null; remindBefore: readonly number[] },
  timeZone: string,
): { offsetMinutes: number; at: Date }[] {
  const due = task.dueAt ?? instantAt(task.dueOn, DAY_BEGINS_MINUTE, timeZone)
  return [...new Set(task.remindBefore)].map((offsetMinutes) => ({
    offsetMinutes,
    at: new Date(due.getTime() - offsetMinutes * 60_000),
  }))
}

/** Hand-overs of many can be taken back for this long, the last moment included. */
export const UNDO_MS = 24 * 3_600_000

export function mayStillUndo(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() <= UNDO_MS
}

/** What a tag's tone means for the work it asks for. */
export function priorityOfTone(tone: string): Priority {
  return tone === 'danger' ? 'stat' : 'routine'
}

/** The clock time of an instant, with its day where that is not today: `14:05`, `03-02 14:05`. */
export function clockTime(instant: Date, now: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const text = (at: Date) => parts.format(at).replace(',', '')
  const [day = '', time = ''] = text(instant).split(' ')
  return text(now).startsWith(day) ? time : `${day.slice(5)} ${time}`
}

/** P8: whether the afternoon reminder of the day is due. `digestAt` is a wall-clock time, `15:00`. */
export function isDigestTime(minute: number, digestAt: string): boolean {
  const [hours = 0, minutes = 0] = digestAt.split(':').map(Number)
  return minute >= hours * 60 + minutes
}
