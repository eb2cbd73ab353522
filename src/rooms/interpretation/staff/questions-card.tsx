import { Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  DraftForm,
  Field,
  InstantText,
  Stack,
  useAction,
  useCan,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { answerQuestion, type OrderView } from '../contract/order.ts'
import { PlainHint } from './plain-hint.tsx'
import { CHANGED } from './words.tsx'

/** What the person has asked since, and the doctor's answers. */
export function QuestionsCard({ order }: { order: OrderView }) {
  const t = useT('interpretation')
  const mayAnswer = useCan('interpretation.do')
  if (order.questions.length === 0) return null
  return (
    <Card title={t('questions.title')}>
      <Stack>
        {order.questions.map((one) => (
          <div key={one.id}>
            <p className="it-text">
              {one.text}{' '}
              <span className="pb-hint">
                <InstantText at={one.askedAt} />
              </span>
            </p>
            {one.answeredAt === null && mayAnswer && <AnswerForm orderId={order.id} questionId={one.id} />}
            {one.answer && <p className="it-read it-text">{one.answer}</p>}
            {one.answeredAt && (
              <p className="pb-hint">
                {t(one.answer ? 'questions.by' : 'questions.elsewhere', { name: one.answeredBy })}{' '}
                <InstantText at={one.answeredAt} />
              </p>
            )}
          </div>
        ))}
      </Stack>
    </Card>
  )
}

function AnswerForm({ orderId, questionId }: { orderId: string; questionId: string }) {
  const t = useT('interpretation')
  const say = useSay()
  const [text, setText] = useState('')
  const answer = useAction(answerQuestion, { invalidates: CHANGED, onDone: () => say.done(t('said.answered')) })
  return (
    <DraftForm<{ text: string }>
      name={`interpretation-answer-${questionId}`}
      schema={answerQuestion.body}
      submit={t('questions.send')}
      onSubmit={(body) =>
        answer.mutateAsync({ params: { orderId: orderId as never, questionId: questionId as never }, body })
      }
    >
      <Field name="text" label={t('questions.answer')} required extra={<PlainHint text={text} />}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          placeholder={t('questions.sample')}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
    </DraftForm>
  )
}
