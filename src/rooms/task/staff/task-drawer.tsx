import { Alert, Button } from 'antd'
import { DateText, Facts, Go, InstantText, KeyHint, Loading, ProblemAlert, SideDrawer, Stack, useApi, useCan, useSlot, useT } from '../../../platform/web/index.ts'
import { getTask } from '../contract/task.ts'
import { TaskActs } from './task-acts.tsx'
import { TaskHistory } from './task-history.tsx'
import { TaskDue, TaskPerson, TaskPriority, TaskState } from './task-summary.tsx'
import { nameOf, offsetWords, outcomeWords, reasonWords } from './words.ts'

export interface TaskDrawerProps {
  taskId: string | undefined
  /** Opened to finish it at once. */
  finishing?: boolean
  onClose: () => void
  onNext?: () => void
}

/** A task at the side: what is asked for, what one may do with it, and its history. */
export function TaskDrawer({ taskId, finishing = false, onClose, onNext }: TaskDrawerProps) {
  const t = useT('task')
  const { data, error, refetch } = useApi(getTask, { params: { taskId: (taskId ?? '') as never } }, { enabled: taskId !== undefined, keep: false })
  const next = onNext && (
    <Button type="text" size="small" onClick={onNext}>
      {t('act.next')} <KeyHint keys={['n']} />
    </Button>
  )
  return (
    <SideDrawer title={data ? nameOf(t, data) : t('drawer.title')} open={taskId !== undefined} onClose={onClose} extra={next}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Stack>
          <TaskHead task={data} />
          <TaskActs key={`${data.id} ${String(finishing)}`} task={data} finishing={finishing} />
          {data.patient && <TaskParts task={data} patientId={data.patient.id} />}
          <TaskFacts task={data} />
          <TaskHistory events={data.history} />
        </Stack>
      )}
    </SideDrawer>
  )
}

type Task = NonNullable<ReturnType<typeof useApi<typeof getTask>>['data']>

/** Other ways of doing it: going there. */
function TaskParts({ task, patientId }: { task: Task; patientId: string }) {
  return useSlot('taskParts').map(({ key, component: Part }) => (
    <Part key={key} patientId={patientId} taskId={task.id} type={task.type} isOpen={task.can.includes('complete')} />
  ))
}

function TaskHead({ task }: { task: Task }) {
  const t = useT('task')
  const mayOpen = useCan('patient.read')
  const { patient } = task
  return (
    <div className="pb-stack pb-stack-tight">
      <div className="pb-row">
        <TaskState task={task} />
        <TaskPriority priority={task.priority} />
      </div>
      {patient && (
        <div className="pb-row" style={{ fontSize: 16 }}>
          {mayOpen ? <Go to={`/patients/${patient.id}`}>{patient.name}</Go> : <span>{patient.name}</span>}
          <TaskPerson patient={patient} />
          {patient.phoneMasked && <span className="pb-number pb-hint">{patient.phoneMasked}</span>}
        </div>
      )}
      {task.alert && <Alert type="warning" showIcon title={t(`alert.${task.alert}`)} />}
      {task.identityOnly && <p className="pb-hint">{t('drawer.identityOnly')}</p>}
    </div>
  )
}

function TaskFacts({ task }: { task: Task }) {
  const t = useT('task')
  const text = (value: string) => value && <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</span>
  return (
    <Stack>
      <Facts
        items={[
          [t('field.type'), task.title ? t(`type.${task.type}`) : ''],
          [t('field.plannedOn'), task.plannedOn && <DateText key="planned" date={task.plannedOn} />],
          [
            t(task.plannedOn ? 'field.latestOn' : 'field.due'),
            <span key="due">
              <TaskDue task={{ ...task, plannedOn: null }} /> <span className="pb-hint">{!task.dueAt && <DateText date={task.dueOn} />}</span>
            </span>,
          ],
          [t('field.owner'), task.owner?.name ?? (task.poolRole && task.state === 'requested' ? t('field.inPool', { role: t(`role.${task.poolRole}`) }) : '')],
          [t('field.doctor'), task.patient?.doctorName ?? ''],
          [t('field.reminder'), task.remindBefore.map((minutes) => offsetWords(t, minutes)).join(t('comma'))],
          [t('field.made'), task.createdByName || t('house')],
          [t('field.closed'), task.closedAt && <InstantText key="closed" at={task.closedAt} />],
          [t('field.closedBy'), task.closedAt ? (task.closedByName ?? t('house')) : ''],
        ]}
      />
      <Facts
        items={[
          [t('field.note'), text(task.note)],
          [t('field.outcome'), text(outcomeWords(t, task))],
          [t('field.reason'), text(task.state === 'cancelled' ? reasonWords(t, task) : '')],
        ]}
      />
    </Stack>
  )
}
