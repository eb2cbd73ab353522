import type { ReactNode } from 'react'
import { Card, Empty, Go, useT } from '../../../platform/web/index.ts'
import type { TaskLine } from '../contract/words.ts'
import { placeAddress } from './place-address.ts'
import { TaskDue, TaskPerson, TaskPriority } from './task-summary.tsx'
import { nameOf } from './words.ts'

export interface DeskListProps {
  name: 'overdue' | 'today' | 'pool'
  list: { rows: TaskLine[]; count: number }
  opened: string | undefined
  onOpen: (taskId: string) => void
  /** The first step, offered where nothing stands yet. */
  first?: ReactNode
}

const MORE = { overdue: '/tasks?scope=mine&state=overdue', today: '/tasks?scope=mine&state=today', pool: '/tasks?scope=pool' }

/** One of the three lists of the workbench: who, what and when in two lines a task. */
export function DeskList({ name, list, opened, onOpen, first }: DeskListProps) {
  const t = useT('task')
  return (
    <Card flush title={t(`desk.${name}`)} extra={<span className="pb-number pb-hint">{t('desk.count', { count: list.count })}</span>}>
      {list.rows.length === 0 ? (
        <Empty title={t(`desk.empty.${name}`)} hint={t(`desk.emptyHint.${name}`)} action={first} />
      ) : (
        <ul className="pb-desk">
          {list.rows.map((task) => (
            <li key={task.id} className={task.id === opened ? 'pb-desk-open' : ''}>
              <button type="button" className="pb-desk-row" data-task={task.id} onClick={() => onOpen(task.id)}>
                <DeskRow task={task} />
              </button>
              {task.place && (
                <Go className="pb-desk-go" to={placeAddress(task.place)}>
                  {t(`place.${task.place.kind}`)}
                  <span className="pb-sr">{task.patient?.name}</span>
                </Go>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.count > list.rows.length && (
        <p className="pb-desk-more">
          <Go to={MORE[name]}>{t('desk.more', { count: list.count - list.rows.length })}</Go>
        </p>
      )}
    </Card>
  )
}

function DeskRow({ task }: { task: TaskLine }) {
  const t = useT('task')
  const { patient } = task
  const name = nameOf(t, task)
  return (
    <>
      <span className="pb-desk-name">
        {patient ? patient.name : name}
        {patient && <TaskPerson patient={patient} />}
      </span>
      <span className="pb-desk-when">
        <TaskDue task={task} />
      </span>
      <span className="pb-desk-what">
        {patient ? name : t(`type.${task.type}`)}
        {task.alert && <span className="pb-due"> · {t(`alert.${task.alert}`)}</span>}
      </span>
      <span className="pb-desk-side">
        {task.state === 'in-progress' ? <span className="pb-hint">{t('state.in-progress')}</span> : null} <TaskPriority priority={task.priority} />
      </span>
    </>
  )
}
