import { InstantText, type Column, type T } from '../../../platform/web/index.ts'
import type { TaskLine } from '../contract/words.ts'
import { TaskDue, TaskPerson, TaskPriority, TaskState } from './task-summary.tsx'
import { nameOf, reasonWords } from './words.ts'

/** The columns of a list of tasks; without the patient on the patient's own page. */
export function taskColumns(t: T, { withPatient }: { withPatient: boolean }): Column<TaskLine>[] {
  const name: Column<TaskLine> = { key: 'name', title: t('field.task'), render: (task) => nameOf(t, task) }
  const patient: Column<TaskLine> = {
    key: 'patient',
    title: t('field.patient'),
    render: ({ patient }) =>
      patient && (
        <>
          {patient.name} <TaskPerson patient={patient} />
        </>
      ),
  }
  return [
    name,
    ...(withPatient ? [patient] : []),
    { key: 'due', title: t('field.due'), render: (task) => <TaskDue task={task} />, card: 'aside' },
    {
      key: 'state',
      title: t('field.state'),
      render: (task) => (
        <span className="pb-nowrap">
          <TaskState task={task} /> <TaskPriority priority={task.priority} />
        </span>
      ),
    },
    { key: 'owner', title: t('field.owner'), render: (task) => task.owner?.name ?? (task.poolRole && task.state === 'requested' ? t('field.inPool', { role: t(`role.${task.poolRole}`) }) : '') },
    { key: 'type', title: t('field.type'), render: ({ type }) => t(`type.${type}`), optional: true, card: 'hide' },
    { key: 'doctor', title: t('field.doctor'), render: ({ patient }) => patient?.doctorName ?? '', card: 'hide', optional: !withPatient },
    { key: 'created', title: t('field.created'), render: ({ createdAt }) => <InstantText at={createdAt} />, optional: true, card: 'hide' },
    { key: 'closed', title: t('field.closed'), render: ({ closedAt }) => <InstantText at={closedAt} />, optional: true, card: 'hide' },
    { key: 'reason', title: t('field.reason'), render: (task) => reasonWords(t, task), optional: true, card: 'hide' },
  ]
}
