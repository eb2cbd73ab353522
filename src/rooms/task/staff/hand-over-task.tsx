import { Input } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { handOverTask } from '../contract/hand-over.ts'
import type { TaskLine } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { ExecutorSelect } from './executor-select.tsx'

/** Gives one task to a colleague, with a note of what they should know (S0-25). */
export function HandOverTask({ task, onClose }: { task: TaskLine; onClose: () => void }) {
  const t = useT('task')
  const say = useSay()
  const handOver = useAction(handOverTask, {
    invalidates: CHANGED_BY_ACT,
    onDone: (after) => {
      say.done(t('said.handedOver', { name: after.owner?.name ?? '' }))
      onClose()
    },
  })
  return (
    <DraftForm<{ toId: string; reason: string }>
      name={`hand-over-${task.id}`}
      schema={handOverTask.body}
      submit={t('act.hand-over')}
      onCancel={onClose}
      onSubmit={(body) => handOver.mutateAsync({ params: { taskId: task.id }, body: body as never })}
    >
      <Field name="toId" label={t('handOver.to')} required>
        <ExecutorSelect without={task.owner?.id} />
      </Field>
      <Field name="reason" label={t('handOver.note')} required extra={task.patient ? t('handOver.sees') : undefined}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={300} placeholder={t('handOver.placeholder')} />
      </Field>
    </DraftForm>
  )
}
