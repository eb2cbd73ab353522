import { Alert, Button } from 'antd'
import { Row, Stack, useT } from '../../../platform/web/index.ts'
import type { Question } from '../contract/growth.ts'
import { tenth } from './words.ts'

/**
 * What is strange about the numbers, one question each: another number with one click, or that it is right. Nothing is
 * kept before all are answered.
 */
export function Questions({
  questions,
  onTake,
  onConfirm,
  onBack,
  busy,
}: {
  questions: readonly Question[]
  /** Puts another number in its place. */
  onTake: (question: Question) => void
  onConfirm: () => void
  onBack: () => void
  busy: boolean
}) {
  const t = useT('growth')
  const mustChange = questions.some(({ impossible }) => impossible)
  return (
    <Stack>
      <h3 role="alert">{t('question.title')}</h3>
      {questions.map((question) => (
        <Alert
          key={question.code}
          type="warning"
          showIcon
          title={t(`question.${question.code}`, valuesOf(question))}
          action={
            question.suggested !== null && (
              <Button size="small" type="primary" onClick={() => onTake(question)}>
                {t('question.take', { value: tenth(question.suggested) })}
              </Button>
            )
          }
        />
      ))}
      <Row>
        {!mustChange && (
          <Button loading={busy} onClick={onConfirm}>
            {t('question.right')}
          </Button>
        )}
        <Button onClick={onBack}>{t('question.back')}</Button>
      </Row>
    </Stack>
  )
}

const valuesOf = ({ value, suggested, earlier, earlierOn }: Question) => ({
  value: value ?? '',
  suggested: suggested === null ? '' : tenth(suggested),
  earlier: earlier === null ? '' : tenth(earlier),
  earlierOn: earlierOn ?? '',
})
