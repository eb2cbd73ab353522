import type { ReactNode } from 'react'
import { Screen, useLocale, useT } from '../../../platform/patient-web/index.ts'
import { Done } from './done.tsx'
import type { Looked, Opened } from './fill-page.tsx'
import { StepBody, StepButtons, useSteps } from './steps.tsx'
import { useFilling } from './use-filling.ts'

export interface FillingProps {
  token: string
  looked: Looked
  opened: Opened
  birthDate?: string
  /** On a tablet of the house: nothing is kept in it. */
  traceless?: boolean
  /** After it was handed in: what else there is to press. */
  after?: ReactNode
}

/** One question at a time, the next at the thumb; at the end one look back, then it is handed in. */
export function Filling({ token, looked, opened, birthDate, traceless = false, after }: FillingProps) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const filling = useFilling({ token, opened, birthDate, language: locale, traceless })
  const { state } = filling
  const steps = useSteps(state)
  if (filling.answer) return <Done looked={looked} answer={filling.answer} after={after} />
  const answered = steps.asked.filter(({ key }) => state.answers.has(key)).length
  const submit = (
    <button
      type="button"
      className="pp-button"
      disabled={filling.sending || steps.faults.length > 0}
      onClick={() => void filling.submit()}
    >
      {t(filling.sending ? 'fill.sending' : 'fill.submit')}
    </button>
  )
  return (
    <Screen
      organization={looked.organization}
      progress={steps.asked.length === 0 ? 1 : answered / steps.asked.length}
      actions={<StepButtons state={state} steps={steps} end={submit} />}
    >
      <StepBody state={state} steps={steps} onAnswer={filling.give} failed={filling.failed} />
      {/* It keeps its place, so that nothing moves with each answer. */}
      <p
        className="pp-hint"
        role="status"
        style={filling.kept === 'server' && !filling.isNewestKept ? { visibility: 'hidden' } : undefined}
      >
        {filling.kept === 'server' ? t('fill.kept') : filling.kept === 'here' ? t('fill.keptHere') : ''}
      </p>
    </Screen>
  )
}
