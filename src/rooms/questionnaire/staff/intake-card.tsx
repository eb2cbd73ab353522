import './intake.css'
import { WarningOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { Card, Columns, DateText, Facts, Flag, InstantText, Row, Status, useT } from '../../../platform/web/index.ts'
import type { IntakeView } from '../contract/intake.ts'
import { PrintAnswers } from './print-form.tsx'
import { useWords } from './response-row.tsx'

/** What stands on the screen at once; the rest is one click away. */
const CHANGES_MAX = 6

/**
 * 就诊前摘要: one screen before the person comes in. What worries them, in their own words; signs of danger; answers out of
 * the ordinary; what is new since last time; the rest small.
 */
export function IntakeCard({
  patientId,
  summary,
  onRead,
}: {
  patientId: string
  summary: IntakeView
  onRead: () => void
}) {
  const t = useT('questionnaire')
  const inWords = useWords()
  const { visit, redFlags, abnormal, unanswered, answers } = summary
  return (
    <Card
      title={t('intake.title')}
      extra={
        <span className="pb-hint">
          {visit && (
            <>
              {t('intake.visit')} <DateText date={visit.on} />
              {' · '}
            </>
          )}
          {inWords(summary.title)} <InstantText at={summary.answeredAt} />
        </span>
      }
    >
      <div className="pb-intake pb-stack">
        <Worry summary={summary} />
        {redFlags.length > 0 ? <Danger flags={redFlags} /> : <Status tone="good">{t('intake.noFlags')}</Status>}
        <Columns minPx={300}>
          {abnormal.length > 0 && (
            <section>
              <h3>{t('intake.abnormal')}</h3>
              <ul className="pb-intake-list">
                {abnormal.map(({ question, answer, flag, before }) => (
                  <li key={question}>
                    {question} <strong>{answer}</strong> <Flag code={flag} />{' '}
                    {before !== null && (
                      <span className="pb-hint">
                        {t('intake.formerAnswer', { text: before || t('correction.nothing') })}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Changes summary={summary} onRead={onRead} />
        </Columns>
        <Facts items={answers.map(({ question, answer }) => [question, answer] as const)} />
        {unanswered.length > 0 && (
          <span className="pb-hint">
            {t('intake.unanswered')}
            {t('design.says.colon')}
            {unanswered.join(t('design.says.join.sentence'))}
          </span>
        )}
        <Row>
          <Button size="small" onClick={onRead}>
            {t('intake.all')}
          </Button>
          <PrintAnswers patientId={patientId} responseId={summary.responseId} small />
          <span className="pb-hint">{t('fill.notDiagnosis')}</span>
        </Row>
      </div>
    </Card>
  )
}

/** In their own words, the largest on the card; what it was last time stands lighter below. */
function Worry({ summary: { mainWorry, formerWorry, questions } }: { summary: IntakeView }) {
  const t = useT('questionnaire')
  return (
    <div className="pb-intake-worry">
      <span className="pb-hint">{t('intake.worry')}</span>
      <p>{mainWorry || t('correction.nothing')}</p>
      {formerWorry && <span className="pb-hint">{t('intake.formerWorry', { text: formerWorry })}</span>}
      {questions && (
        <span>
          {t('intake.questions')}
          {t('design.says.colon')}
          <strong>{questions}</strong>
        </span>
      )}
    </div>
  )
}

function Danger({ flags }: { flags: IntakeView['redFlags'] }) {
  const t = useT('questionnaire')
  return (
    <Alert
      type="error"
      showIcon
      icon={<WarningOutlined />}
      title={
        <>
          <strong>{t('intake.flags', { count: flags.length })}</strong>
          <ul className="pb-intake-list">
            {flags.map(({ question, answer }) => (
              <li key={question}>
                {question} <strong>{answer}</strong>
              </li>
            ))}
          </ul>
        </>
      }
    />
  )
}

/** Against the same form before: former answer, arrow, answer now. */
function Changes({ summary: { changed, formerAt }, onRead }: { summary: IntakeView; onRead: () => void }) {
  const t = useT('questionnaire')
  const more = (changed?.length ?? 0) - CHANGES_MAX
  return (
    <section>
      <h3>
        {t('intake.changed')}
        {formerAt && (
          <span className="pb-hint">
            {' '}
            {t('intake.former')} <InstantText at={formerAt} />
          </span>
        )}
      </h3>
      {changed === null && <p className="pb-hint">{t('intake.first')}</p>}
      {changed?.length === 0 && <p className="pb-hint">{t('intake.same')}</p>}
      {changed && changed.length > 0 && (
        <ul className="pb-intake-list">
          {changed.slice(0, CHANGES_MAX).map(({ question, before, after }) => (
            <li key={question}>
              {question} <span className="pb-hint">{before || t('correction.nothing')}</span>
              <span aria-hidden="true"> → </span>
              <span className="pb-sr">{t('intake.became')}</span>
              <strong>{after || t('correction.nothing')}</strong>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <Button size="small" type="link" onClick={onRead}>
          {t('intake.more', { count: more })}
        </Button>
      )}
    </section>
  )
}
