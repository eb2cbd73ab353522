import {
  Explained,
  knownHouse,
  Loaded,
  Nothing,
  OwnPage,
  useDay,
  useLocale,
  useOwn,
  useT,
} from '../../../platform/patient-web/index.ts'
import { myPathways, type MyPathway } from '../contract/my.ts'

const HEADING = { margin: '0.8rem 0 0.2rem', fontSize: '1rem' }

/** 我的服务路径: where the person is, what comes next, whom to call, how to leave. */
export function PathwaysPage() {
  const t = useT('follow-up')
  const own = useOwn(myPathways)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Nothing>{t('my.none')}</Nothing>
          ) : (
            <>
              {rows.map((row) => (
                <Pathway key={row.id} pathway={row} />
              ))}
            </>
          )
        }
      </Loaded>
    </OwnPage>
  )
}

function Pathway({ pathway }: { pathway: MyPathway }) {
  const t = useT('follow-up')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const day = useDay()
  const { id, title, text, phase, step, next, goals, ended } = pathway
  return (
    <section className="pp-card" aria-labelledby={`pathway-${id}`}>
      <h2 id={`pathway-${id}`}>{title[language]}</h2>
      <p>
        <Explained text={text[language]} />
      </p>
      {ended && (
        <p>
          <strong>{ended.words?.title[language] ?? t('my.ended', { date: day(ended.on) })}</strong>
          {ended.words && (
            <>
              <br />
              {ended.words.text[language]}
            </>
          )}
        </p>
      )}
      {phase && !ended && <p className="pp-hint">{t('my.phase', { title: phase.title[language] })}</p>}
      {step && (
        <>
          <h3 style={HEADING}>
            {step.of === null
              ? t('my.at', { number: step.number })
              : t('my.atOf', { number: step.number, of: step.of })}
          </h3>
          <p>
            <strong>{step.title[language]}</strong>
            <br />
            <Explained text={step.text[language]} />
          </p>
          <p>
            {step.resting
              ? t('my.resting')
              : t(step.now ? 'my.until' : 'my.around', { date: day(step.now ? step.until : step.dueOn) })}
          </p>
        </>
      )}
      {next.length > 0 && (
        <>
          <h3 style={HEADING}>{t('my.next')}</h3>
          <ul style={{ margin: 0, paddingInlineStart: '1.2rem', listStyle: 'disc' }}>
            {next.map((one) => (
              <li key={`${one.title.zh} ${one.dueOn}`}>
                {t('my.line', { title: one.title[language], date: day(one.dueOn) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {goals.length > 0 && !ended && (
        <>
          <h3 style={HEADING}>{t('my.goal')}</h3>
          <ul style={{ margin: 0, paddingInlineStart: '1.2rem', listStyle: 'disc' }}>
            {goals.map((goal) => (
              <li key={goal.zh}>{goal[language]}</li>
            ))}
          </ul>
        </>
      )}
      <Whom pathway={pathway} />
    </section>
  )
}

/** Whom to call, and how to leave. */
function Whom({ pathway: { carer, leave, ended } }: { pathway: MyPathway }) {
  const t = useT('follow-up')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const phone = knownHouse()?.phone
  return (
    <>
      {carer && <p>{t('my.carer', { name: carer })}</p>}
      {phone && (
        <a className="pp-call" href={`tel:${phone}`}>
          {t('my.call')} {phone}
        </a>
      )}
      {!ended && <p className="pp-hint">{leave?.[language] ?? t('my.leave')}</p>}
    </>
  )
}
