import { Input } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { completeTask } from '../contract/task.ts'
import type { TaskLine } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

/** What came of it, in a few words; may stay empty. */
export function CompleteTask({ task, onClose }: { task: TaskLine; onClose: () => void }) {
  const t = useT('task')
  const say = useSay()
  const complete = useAction(completeTask, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('said.completed'))
      onClose()
    },
  })
  return (
    <DraftForm<{ text?: string }>
      name={`complete-${task.id}`}
      submit={t('act.complete')}
      onCancel={onClose}
      onSubmit={({ text = '' }) => complete.mutateAsync({ params: { taskId: task.id }, body: { outcome: { text } } })}
    >
      <Field name="text" label={t('field.outcome')}>
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} placeholder={t('complete.placeholder')} />
      </Field>
    </DraftForm>
  )
}
