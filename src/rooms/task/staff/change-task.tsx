import { DraftForm, useAction, useSay, useT, useTimeZone } from '../../../platform/web/index.ts'
import { changeTask } from '../contract/task.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import type { OpenTask } from './task-acts.tsx'
import { dueAtOf, dueTimeOf } from './due-time.ts'
import { TaskFields, type TaskFieldValues } from './task-fields.tsx'

/** Another day, another hour, another word. */
export function ChangeTask({ task, onClose }: { task: OpenTask; onClose: () => void }) {
  const t = useT('task')
  const say = useSay()
  const timeZone = useTimeZone()
  const change = useAction(changeTask, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('said.changed'))
      onClose()
    },
  })
  const initial: TaskFieldValues = {
    title: task.title,
    note: task.note,
    priority: task.priority,
    dueOn: task.dueOn,
    dueTime: dueTimeOf(task.dueAt, timeZone),
    remindBefore: task.remindBefore,
  }
  return (
    <DraftForm<TaskFieldValues>
      name={`change-task-${task.id}-${task.version}`}
      initial={initial}
      schema={changeTask.body}
      submit={t('act.change')}
      onCancel={onClose}
      onSubmit={({ dueTime, ...values }) =>
        change.mutateAsync({ params: { taskId: task.id }, body: { ...values, version: task.version, dueAt: dueAtOf({ dueOn: values.dueOn, dueTime: dueTime ?? null }, timeZone) } })
      }
    >
      <TaskFields titleHint={t(`type.${task.type}`)} />
    </DraftForm>
  )
}
