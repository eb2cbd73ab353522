import { Field, useT } from '../../../platform/web/index.ts'
import { isRequired, type FormQuestion } from '../contract/form.ts'
import type { VisitView } from '../contract/visit.ts'
import { QuestionInput } from './question-input.tsx'
import { useSaid } from './words.ts'

export interface QuestionFieldProps {
  question: FormQuestion
  visit: Pick<VisitView, 'prefill' | 'former' | 'lastTargets'>
  way: string
}

const WIDE = new Set(['text', 'medications', 'string', 'boolean'])

/** One question with its label, where its value is from, what it was before, and its target. */
export function QuestionField({ question, visit, way }: QuestionFieldProps) {
  const t = useT('follow-up')
  const said = useSaid()
  const { linkId } = question
  const isWide =
    WIDE.has(question.type) || (question.type === 'choice' && (question.repeats || question.options.length > 3))
  const from = visit.prefill[linkId]
  const former = visit.former[linkId]
  const target = visit.lastTargets[linkId]
  const hasTarget = 'target' in question && question.target
  const words = (value: unknown) =>
    question.type === 'choice'
      ? said(question.options.find((option) => option.code === value)?.text ?? { zh: '', en: '' })
      : String(value)
  const notes = [
    from ? t(`from.${from.from}`, { on: from.on ?? '' }) : '',
    former ? t('from.former', { value: words(former.value), on: former.on ?? '' }) : '',
    target ? t('from.target', { value: words(target.value), on: target.on ?? '' }) : '',
    question.hint ? said(question.hint) : '',
  ].filter(Boolean)
  return (
    <div className={isWide ? 'pb-visit-wide' : ''}>
      <Field
        name={['answers', linkId]}
        label={said(question.text)}
        namesItself={question.type === 'boolean'}
        required={isRequired(question, way)}
        {...(notes.length > 0 ? { from: notes.join(' · ') } : {})}
      >
        <QuestionInput question={question} />
      </Field>
      {hasTarget && (
        <Field name={['answers', `${linkId}-target`]} label={t('form.target', { name: said(question.text) })}>
          <QuestionInput
            question={question.type === 'choice' ? question : ({ ...question, derive: undefined } as FormQuestion)}
          />
        </Field>
      )}
    </div>
  )
}
