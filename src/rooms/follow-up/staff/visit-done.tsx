import { Button } from 'antd'
import { useState } from 'react'
import { Empty, Facts, InstantText, Stack, Status, useT, useShipped } from '../../../platform/web/index.ts'
import { questionsOf, type Answer, type FormQuestion } from '../contract/form.ts'
import type { VisitView } from '../contract/visit.ts'
import { Tries } from './attempts.tsx'
import { CorrectVisit } from './correct-visit.tsx'
import { CLASS_TONES, reasonWords, useSaid } from './words.ts'

/** What came of a follow-up; former versions of the answers stay to be seen. */
export function VisitDone({ visit }: { visit: VisitView }) {
  const t = useT('follow-up')
  const [correcting, setCorrecting] = useState(false)
  const [shown, setShown] = useState(0)
  const answered = visit.answered[shown]
  if (correcting && visit.answered[0]) return <CorrectVisit visit={visit} onClose={() => setCorrecting(false)} />
  return (
    <Stack>
      {visit.class && (
        <div className="pb-proposal">
          <Status tone={CLASS_TONES[visit.class]}>{t(`class.${visit.class}`)}</Status>{' '}
          {visit.action && t(`action.${visit.action}`)}
          {visit.way && <span className="pb-hint"> · {t(`way.${visit.way}`)}</span>}
          {visit.backEntered && <span className="pb-hint"> · {t('visit.backEntered', { on: visit.actualOn })}</span>}
        </div>
      )}
      {visit.reason && <Facts items={[[t('field.reason'), reasonWords(t, visit.reason)]]} />}
      {visit.referral && (
        <Facts
          items={[
            [t('field.referTo'), visit.referral.referTo],
            [t('field.referReason'), visit.referral.reason],
            [t('field.referState'), t(`referral.${visit.referral.state}`)],
            [t('field.referOutcome'), visit.referral.outcome],
          ]}
        />
      )}
      {answered && visit.form ? (
        <Answered questions={questionsOf(visit.form)} answers={answered.answers} />
      ) : (
        visit.state !== 'planned' && !visit.class && <Empty title={t('visit.noForm')} />
      )}
      {visit.tries.length > 0 && <Tries visit={visit} />}
      {visit.answered.length > 1 && (
        <div className="pb-row">
          {visit.answered.map((one, index) => (
            <Button
              key={one.version}
              size="small"
              type={index === shown ? 'primary' : 'default'}
              onClick={() => setShown(index)}
            >
              {t('visit.version', { version: one.version })}
            </Button>
          ))}
        </div>
      )}
      {answered && (
        <p className="pb-hint">
          {answered.by} <InstantText at={answered.at} />{' '}
          {answered.because && t('visit.because', { because: answered.because })}
        </p>
      )}
      {visit.can.correct && (
        <div>
          <Button onClick={() => setCorrecting(true)}>{t('act.correct')}</Button>
        </div>
      )}
    </Stack>
  )
}

function Answered({ questions, answers }: { questions: FormQuestion[]; answers: Record<string, Answer> }) {
  const t = useT('follow-up')
  const shipped = useShipped()
  const said = useSaid()
  const words = (question: FormQuestion, answer: Answer): string => {
    if (question.type === 'choice') {
      const codes = Array.isArray(answer) ? (answer as string[]) : [String(answer)]
      return codes
        .map((code) => said(question.options.find((option) => option.code === code)?.text ?? { zh: code, en: code }))
        .join(t('comma'))
    }
    if (question.type === 'medications' && Array.isArray(answer))
      return answer
        .map((line) =>
          typeof line === 'object'
            ? [
                line.name,
                line.timesADay === null ? '' : t('medication.timesADay', { count: line.timesADay }),
                line.dose,
              ]
                .filter(Boolean)
                .join(' ')
            : '',
        )
        .join(t('comma'))
    if (question.type === 'boolean') return answer === true ? t('yes') : t('no')
    return 'unit' in question && question.unit ? `${String(answer)} ${shipped(question.unit)}` : String(answer)
  }
  const items = questions.flatMap((question): [string, string][] => {
    const answer = answers[question.linkId]
    const target = answers[`${question.linkId}-target`]
    const lines: [string, string][] = answer === undefined ? [] : [[said(question.text), words(question, answer)]]
    return target === undefined
      ? lines
      : [...lines, [t('form.target', { name: said(question.text) }), words(question, target)]]
  })
  return <Facts items={items} />
}
