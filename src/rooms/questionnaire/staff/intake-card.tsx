import { WarningOutlined } from '@ant-design/icons'
import { Alert } from 'antd'
import { Card, Columns, DateText, Facts, InstantText, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { IntakeView } from '../contract/intake.ts'
import { ChangeList } from './interview/change-list.tsx'
import { useWords } from './response-row.tsx'

/** 就诊前摘要: one screen before the person comes in. What worries them, signs of danger, what is new, what is open. */
export function IntakeCard({ summary }: { summary: IntakeView }) {
  const t = useT('questionnaire')
  const inWords = useWords()
  const { visit, mainWorry, redFlags, changed, formerAt, unanswered, answers } = summary
  return (
    <Card
      title={t('intake.title')}
      extra={
        <span className="pb-hint">
          {inWords(summary.title)} <InstantText at={summary.answeredAt} />
        </span>
      }
    >
      <Stack>
        {visit && (
          <span className="pb-hint">
            {t('intake.visit')} <DateText date={visit.on} />
          </span>
        )}
        <p className="pb-intake-worry">
          <strong>{t('intake.worry')}</strong>
          {'：'}
          {mainWorry || t('correction.nothing')}
        </p>
        {redFlags.length > 0 ? (
          <Alert
            type="error"
            showIcon
            icon={<WarningOutlined />}
            title={t('intake.flags', { count: redFlags.length })}
            description={
              <ul>
                {redFlags.map(({ question, answer }) => (
                  <li key={question}>
                    {question} <strong>{answer}</strong>
                  </li>
                ))}
              </ul>
            }
          />
        ) : (
          <Status tone="good">{t('intake.noFlags')}</Status>
        )}
        <Columns>
          <section>
            <h3>{t('intake.changed')}</h3>
            {changed === null && <p className="pb-hint">{t('intake.first')}</p>}
            {changed?.length === 0 && <p className="pb-hint">{t('intake.same')}</p>}
            {changed && changed.length > 0 && (
              <ChangeList changes={changed.map((one) => ({ ...one, key: one.question }))} />
            )}
            {formerAt && (
              <p className="pb-hint">
                {t('intake.former')} <InstantText at={formerAt} />
              </p>
            )}
          </section>
          {unanswered.length > 0 && (
            <section>
              <h3>{t('intake.unanswered')}</h3>
              <p>{unanswered.join('；')}</p>
            </section>
          )}
        </Columns>
        <Facts items={answers.map(({ question, answer }) => [question, answer] as const)} />
        <span className="pb-hint">{t('fill.notDiagnosis')}</span>
      </Stack>
    </Card>
  )
}
