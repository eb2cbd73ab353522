import { Card, useDay, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myPathways } from '../contract/my.ts'

/** On 我的健康: at which step the person is, and when it is; nothing where nothing runs. */
export function PathwayCard() {
  const t = useT('follow-up')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const day = useDay()
  const { data } = useOwn(myPathways)
  const running = (data?.rows ?? []).filter(({ step, ended }) => step && !ended)
  const soonest = running.toSorted((a, b) => (a.step!.dueOn < b.step!.dueOn ? -1 : 1))[0]
  if (!soonest?.step) return null
  const { step } = soonest
  return (
    <Card
      title={soonest.title[language]}
      to="/my/pathways"
      more={t('my.all', { count: running.length })}
      tone={step.now ? 'todo' : undefined}
    >
      <p>
        <strong>{t('my.at', { number: step.number })}</strong>
        <br />
        {step.title[language]}
        <br />
        <span className="pp-hint">
          {t(step.now ? 'my.until' : 'my.around', { date: day(step.now ? step.until : step.dueOn) })}
        </span>
      </p>
    </Card>
  )
}
