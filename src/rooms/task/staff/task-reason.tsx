import { Input } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { cancelTask, releaseTask } from '../contract/task.ts'
import type { TaskLine } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

/** Dropping a task or putting it back asks for a reason, which stands in its history. */
export function TaskReason({ task, act, onClose }: { task: TaskLine; act: 'release' | 'cancel'; onClose: () => void }) {
  const t = useT('task')
  const say = useSay()
  const ended = {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t(act === 'cancel' ? 'said.cancelled' : 'said.released'))
      onClose()
    },
  }
  const cancel = useAction(cancelTask, ended)
  const release = useAction(releaseTask, ended)
  const run = act === 'cancel' ? cancel : release
  return (
    <DraftForm<{ reason: string }>
      name={`${act}-${task.id}`}
      schema={cancelTask.body}
      submit={t(`act.${act}`)}
      onCancel={onClose}
      onSubmit={(body) => run.mutateAsync({ params: { taskId: task.id }, body })}
    >
      <Field name="reason" label={t('field.reason')} required>
        <Input autoFocus maxLength={300} placeholder={t(act === 'cancel' ? 'cancel.placeholder' : 'release.placeholder')} />
      </Field>
    </DraftForm>
  )
}
