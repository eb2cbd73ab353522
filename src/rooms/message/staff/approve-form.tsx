import { Button, Input } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, useAction, useSay, type T } from '../../../platform/web/index.ts'
import {
  approveMessage,
  getMessage,
  listMessages,
  patientMessages,
  summarizeMessages,
  type MessageCopy,
} from '../contract/message.ts'

/** A second person reads what was held back, and lets it go with the reason why. */
export function ApproveForm({ message, t }: { message: MessageCopy; t: T }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const approve = useAction(approveMessage, {
    invalidates: [listMessages, getMessage, summarizeMessages, patientMessages],
    onDone: () => say.done(t('approve.done')),
  })
  if (!message.can.approve) return null
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t('approve.do')}</Button>
      </div>
    )
  return (
    <section aria-label={t('approve.title')}>
      <p>{t('approve.hint')}</p>
      <DraftForm<{ because: string }>
        name={`message-approval-${message.id}`}
        submit={t('approve.do')}
        keepDraft={false}
        onCancel={() => setOpen(false)}
        onSubmit={(body) => approve.mutateAsync({ params: { messageId: message.id }, body })}
      >
        <Field name="because" label={t('approve.because')} required>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </section>
  )
}
