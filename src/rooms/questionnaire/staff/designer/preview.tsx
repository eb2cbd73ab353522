import { Button, Segmented } from 'antd'
import { memo, useEffect, useMemo, useState } from 'react'
import { answer, inLanguage, progress, type Form, type State } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT, useToday } from '../../../../platform/web/index.ts'
import { StepBody, StepButtons, useSteps } from '../../patient/steps.tsx'
import { useDesign } from './context.ts'
import { PhoneFrame } from './phone-frame.tsx'
import { TestResult } from './test-result.tsx'
import { beginTry, carryOver, fillAll } from './try-out.ts'

/** The phone beside the desk: what a patient will see, filled in by whoever tries it, and what it would come to. */
export function Preview() {
  const { form, words } = useDesign()
  return <TryOut form={form} locale={words.locale} />
}

/** @param form whichever version is to be tried */
export const TryOut = memo(function TryOut({ form, locale }: { form: Form; locale: string }) {
  const t = useT('questionnaire')
  const today = useToday()
  const [language, setLanguage] = useState(locale)
  const [large, setLarge] = useState(false)
  const [state, setState] = useState<State>(() => beginTry(form, today, language))
  const [round, setRound] = useState(0)
  // What was answered stays while the form is changed under it.
  useEffect(
    () =>
      setState((before) =>
        before.form === form && before.language === language ? before : carryOver(before, form, today, language),
      ),
    [form, today, language],
  )
  const begin = (how?: 'lowest' | 'highest') => {
    const fresh = beginTry(form, today, language)
    setState(how ? fillAll(fresh, how) : fresh)
    setRound(round + 1)
  }
  return (
    <Stack tight>
      <Row>
        <Segmented
          size="small"
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Button size="small" aria-pressed={large} onClick={() => setLarge(!large)}>
          {t('design.try.large')}
        </Button>
        <Button size="small" onClick={() => begin()}>
          {t('design.try.again')}
        </Button>
        <Button size="small" onClick={() => begin('lowest')}>
          {t('design.try.lowest')}
        </Button>
        <Button size="small" onClick={() => begin('highest')}>
          {t('design.try.highest')}
        </Button>
      </Row>
      <PhoneFrame title={t('design.try.frame')} large={large}>
        <Phone key={round} state={state} onState={setState} title={inLanguage(form.title, language)} />
      </PhoneFrame>
      <TestResult state={state} />
    </Stack>
  )
})

/** The patient's own renderer, without a link, a draft or a server behind it. */
function Phone({ state, onState, title }: { state: State; onState: (state: State) => void; title: string }) {
  const t = useT('questionnaire')
  const steps = useSteps(state, 'open')
  const { answered } = progress(state)
  const share = useMemo(
    () => (steps.asked.length === 0 ? 1 : answered / steps.asked.length),
    [answered, steps.asked.length],
  )
  return (
    <div className="pp-screen">
      <header className="pp-head">
        <span className="pp-organization">{title}</span>
      </header>
      <div className="pp-progress" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
      </div>
      <main className="pp-main">
        <StepBody state={state} steps={steps} onAnswer={(key, value) => onState(answer(state, key, value))} />
      </main>
      <footer className="pp-actions">
        <StepButtons
          state={state}
          steps={steps}
          end={
            <button type="button" className="pp-button" onClick={() => steps.go(0)}>
              {t('design.try.toStart')}
            </button>
          }
        />
      </footer>
    </div>
  )
}
