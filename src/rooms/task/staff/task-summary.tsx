import { InstantText, RelativeDay, Status, useT, useToday } from '../../../platform/web/index.ts'
import type { TaskLine } from '../contract/words.ts'
import { toneOf } from './words.ts'

type Timed = Pick<TaskLine, 'dueOn' | 'dueAt' | 'plannedOn' | 'overdue'>

/**
 * When it is to be done: the hour where there is one, else the day; overdue in words once it is no longer in time. Of a
 * task with a planned day and a last one, the planned day until it is over, then the last.
 */
export function TaskDue({ task }: { task: Timed }) {
  const t = useT('task')
  const today = useToday()
  if (task.dueAt && !task.overdue) return <InstantText at={task.dueAt} />
  if (task.plannedOn && !task.overdue) {
    const waits = task.plannedOn >= today
    return (
      <span className="pb-nowrap">
        {t(waits ? 'field.plannedOn' : 'field.latestOn')} <RelativeDay date={waits ? task.plannedOn : task.dueOn} />
      </span>
    )
  }
  return <RelativeDay date={task.dueOn} due={task.overdue} />
}

export function TaskState({ task }: { task: Pick<TaskLine, 'state' | 'overdue'> }) {
  const t = useT('task')
  return (
    <Status tone={toneOf(task)}>
      {t(`state.${task.state}`)}
      {task.overdue ? ` · ${t('state.overdue')}` : ''}
    </Status>
  )
}

/** Only what is out of the ordinary is marked. */
export function TaskPriority({ priority }: { priority: TaskLine['priority'] }) {
  const t = useT('task')
  if (priority === 'routine') return null
  return <span className={`pb-tag pb-tone-${priority === 'stat' ? 'danger' : 'due'}`}>{t(`priority.${priority}`)}</span>
}

/** 女 63 岁, from what a task knows of the person. */
export function TaskPerson({ patient }: { patient: NonNullable<TaskLine['patient']> }) {
  const t = useT('task')
  const sex = patient.sex === 'male' || patient.sex === 'female' ? t(`sex.${patient.sex}`) : ''
  const age = patient.ageYears === null ? '' : t('age', { count: patient.ageYears })
  return <span className="pb-nowrap pb-number pb-hint">{[sex, age].filter(Boolean).join(' ')}</span>
}
