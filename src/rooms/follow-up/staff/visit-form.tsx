import { Form, Input, Radio } from 'antd'
import { z } from 'zod'
import { DateInput, DraftForm, Field, useAction, useAddress, useSay, useT } from '../../../platform/web/index.ts'
import { isAsked, type Answers } from '../contract/form.ts'
import { complete, type VisitView } from '../contract/visit.ts'
import { WAYS, type VisitAction, type VisitClass, type Way } from '../contract/words.ts'
import { useToldAnswers } from './answer-moments.ts'
import { ClassChoice } from './class-choice.tsx'
import { QuestionField } from './question-field.tsx'
import { useDerived } from './use-derived.ts'
import { useProposal } from './use-proposal.ts'
import { CHANGED_BY_ACT, useSaid } from './words.ts'
import './follow-up.css'

export interface VisitValues {
  actualOn: string
  way: Way
  answers: Answers
  class?: VisitClass
  action?: VisitAction
  classReason?: string
  lateReason?: string
  nextOn?: string
  referral?: { reason?: string; referTo?: string }
}

export interface VisitFormProps {
  visit: VisitView
  onDone: () => void
  /** A question was answered just now. */
  onAnswer?: (linkId: string, label: string) => void
}

/** Where the page was opened from a visit that was made, its way is known. */
const address = z.object({ way: z.enum(WAYS).optional() })

/** The form of a follow-up that waits to be done: filled from what is known, judged as one types, confirmed at the end. */
export function VisitForm({ visit, onDone, onAnswer }: VisitFormProps) {
  const t = useT('follow-up')
  const say = useSay()
  const said = useSaid()
  const [form] = Form.useForm<VisitValues>()
  const values = Form.useWatch([], form) as VisitValues | undefined
  const [{ way: askedWay }] = useAddress(address)
  const beginsWith = askedWay ?? firstWay(visit)
  const way = values?.way ?? beginsWith
  const proposal = useProposal(visit, values)
  useDerived(form, visit.form, values?.answers)
  useToldAnswers(visit.form, values?.answers, onAnswer)
  const finish = useAction(complete, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ patient }) => {
      say.done(t('said.completed', { name: patient.name }))
      onDone()
    },
  })
  const late = (values?.actualOn ?? visit.today) > visit.windowUntil
  const initial = {
    actualOn: visit.today,
    way: beginsWith,
    answers: Object.fromEntries(Object.entries(visit.prefill).map(([linkId, { value }]) => [linkId, value])) as Answers,
  }
  return (
    <DraftForm<VisitValues>
      name={`follow-up-${visit.id}`}
      form={form}
      initial={initial}
      submit={t('act.complete')}
      onSubmit={(all) => finish.mutateAsync({ params: { occurrenceId: visit.id }, body: bodyOf(all, proposal) })}
    >
      <div className="pb-visit-fields">
        <Field name="actualOn" label={t('field.actualOn')} required>
          <DateInput />
        </Field>
        <Field name="way" label={t('field.way')} required className="pb-visit-wide">
          <Radio.Group options={WAYS.map((value) => ({ value, label: t(`way.${value}`) }))} />
        </Field>
        {late && (
          <Field
            name="lateReason"
            label={t('field.lateReason')}
            required
            from={t('form.late', { day: visit.windowUntil })}
            className="pb-visit-wide"
          >
            <Input maxLength={300} />
          </Field>
        )}
      </div>
      {visit.form?.groups.map((group) => {
        const asked = group.items.filter((question) =>
          isAsked(question, values?.answers ?? {}, { way, step: visit.step }),
        )
        return (
          asked.length > 0 && (
            <section key={group.linkId} className="pb-visit-group">
              <h3>{said(group.text)}</h3>
              <div className="pb-visit-fields">
                {asked.map((question) => (
                  <QuestionField key={question.linkId} question={question} visit={visit} way={way} />
                ))}
              </div>
            </section>
          )
        )
      })}
      <ClassChoice visit={visit} proposal={proposal} values={values} />
    </DraftForm>
  )
}

/** Phone where the step is one; otherwise at the clinic. */
function firstWay(visit: Pick<VisitView, 'stepWay'>): Way {
  return visit.stepWay === 'phone' ? 'phone' : 'clinic'
}

function bodyOf(values: VisitValues, proposal: ReturnType<typeof useProposal>) {
  const { actualOn, way, answers, classReason = '', lateReason = '', nextOn } = values
  const kept = Object.fromEntries(
    Object.entries(answers ?? {}).filter(([, value]) => value !== undefined && value !== null),
  )
  const action = values.action ?? proposal?.action
  const visitClass = values.class ?? proposal?.class ?? undefined
  return {
    actualOn,
    way,
    answers: kept as Answers,
    classReason,
    lateReason,
    ...(visitClass ? { class: visitClass } : {}),
    ...(action && proposal && proposal.because.length > 0 ? { action } : {}),
    ...(nextOn ? { nextOn } : {}),
    ...(action === 'refer'
      ? { referral: { reason: values.referral?.reason ?? '', referTo: values.referral?.referTo ?? '' } }
      : {}),
  }
}
