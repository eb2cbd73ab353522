import type { T, Tone } from '../../../platform/web/index.ts'
import { PRIORITIES, TASK_STATES, TASK_TYPES, type TaskLine } from '../contract/words.ts'

/** What a task is called: its own title, or the name of its type. */
export function nameOf(t: T, task: Pick<TaskLine, 'title' | 'type'>): string {
  return task.title || t(`type.${task.type}`)
}

const TONES: Record<TaskLine['state'], Tone> = { requested: 'plain', accepted: 'low', 'in-progress': 'due', completed: 'good', cancelled: 'plain' }

export function toneOf(task: Pick<TaskLine, 'state' | 'overdue'>): Tone {
  return task.overdue ? 'due' : TONES[task.state]
}

const options = <V extends string>(t: T, group: string, values: readonly V[]) => values.map((value) => ({ value, label: t(`${group}.${value}`) }))

export const typeOptions = (t: T) => options(t, 'type', TASK_TYPES)
/** What can be made by hand (P6). */
export const handTypeOptions = (t: T) => typeOptions(t).filter(({ value }) => value !== 'assign-doctor')
export const priorityOptions = (t: T) => options(t, 'priority', PRIORITIES)
export const stateOptions = (t: T) => options(t, 'state', ['open', 'today', 'overdue', ...TASK_STATES, 'closed', 'all'] as const)

/** Offsets of reminders that are offered, in minutes. */
export const OFFSETS = [0, 60, 1440, 4320] as const
export const offsetOptions = (t: T) => OFFSETS.map((value) => ({ value: value as number, label: t(`reminder.${value}`) }))

/** A reminder in words, also one that is not offered. */
export function offsetWords(t: T, minutes: number): string {
  if ((OFFSETS as readonly number[]).includes(minutes)) return t(`reminder.${minutes}`)
  return minutes % 1440 === 0 ? t('reminder.days', { count: minutes / 1440 }) : t('reminder.minutes', { count: minutes })
}

/** Why it was closed or moved, in words: the house's reasons have texts of their own. */
export function reasonWords(t: T, of: { reason: string; reasonCode: string | null }): string {
  return of.reasonCode ? t(`reasonCode.${of.reasonCode}`) : of.reason
}

/** What came of it: why the house took it for done, then the words that were left. */
export function outcomeWords(t: T, { state, reasonCode, outcome }: { state: string; reasonCode: string | null; outcome: { text: string } | null }): string {
  const because = state === 'completed' && reasonCode ? t(`reasonCode.${reasonCode}`) : ''
  return [because, outcome?.text ?? ''].filter(Boolean).join(t('colon'))
}
