import { Form, Input } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { isAsked, type Answers } from '../contract/form.ts'
import { correctAnswers, type VisitView } from '../contract/visit.ts'
import { QuestionField } from './question-field.tsx'
import { useDerived } from './use-derived.ts'
import { CHANGED_BY_ACT, useSaid } from './words.ts'

interface Values {
  answers: Answers
  because: string
}

/** 更正: the same form with what stands in it; the former version stays. */
export function CorrectVisit({ visit, onClose }: { visit: VisitView; onClose: () => void }) {
  const t = useT('follow-up')
  const said = useSaid()
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const given = (Form.useWatch([], form) as Values | undefined)?.answers ?? visit.answered[0]!.answers
  useDerived(form, visit.form, given)
  const way = visit.way ?? 'clinic'
  const correct = useAction(correctAnswers, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('said.corrected'))
      onClose()
    },
  })
  const version = visit.answered[0]!.version
  return (
    <DraftForm<Values>
      name={`correct-${visit.id}-${version}`}
      form={form}
      initial={{ answers: visit.answered[0]!.answers }}
      submit={t('act.correct')}
      onCancel={onClose}
      onSubmit={({ answers, because }) => {
        const kept = Object.fromEntries(
          Object.entries(answers).filter(([, value]) => value !== undefined && value !== null),
        ) as Answers
        return correct.mutateAsync({ params: { occurrenceId: visit.id }, body: { version, answers: kept, because } })
      }}
    >
      {visit.form!.groups.map((group) => (
        <section key={group.linkId} className="pb-visit-group">
          <h3>{said(group.text)}</h3>
          <div className="pb-visit-fields">
            {group.items
              .filter((question) => isAsked(question, given, { way, step: visit.step }))
              .map((question) => (
                <QuestionField
                  key={question.linkId}
                  question={question}
                  visit={{ prefill: {}, former: {}, lastTargets: {} }}
                  way={way}
                />
              ))}
          </div>
        </section>
      ))}
      <Field name="because" label={t('field.because')} required>
        <Input maxLength={300} />
      </Field>
    </DraftForm>
  )
}
