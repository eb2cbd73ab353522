import { useEffect } from 'react'
import { call, Card, Explained, Go, Loaded, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMySummary } from '../contract/list.ts'
import { mySummary } from '../contract/summary.ts'

/** 阶段小结, as the doctor has signed it; words of the glossary open at a tap. */
export function SummaryPage({ parameter }: { parameter: string }) {
  const t = useT('stage-summary')
  const summary = useOwn(mySummary, { params: { summaryId: parameter as never } })
  const isOpen = summary.data !== undefined
  useEffect(() => {
    // That it arrived; without a line nobody is bothered with it.
    if (isOpen) call(readMySummary, { params: { summaryId: parameter as never }, body: {} }).catch(() => {})
  }, [isOpen, parameter])
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={summary}>
        {(data) => (
          <>
            <p className="pp-context">
              {t('my.period', { from: data.fromOn, until: data.untilOn })}
              <br />
              {t('my.signedBy', { name: data.signedBy, on: data.signedOn })}
            </p>
            {data.correctedBy && (
              <p role="status">
                {t('my.corrected')} <Go to={`/my/summary/${data.correctedBy}`}>{t('my.open')}</Go>
              </p>
            )}
            {data.sections
              .filter(({ sentences }) => sentences.length > 0)
              .map(({ key, sentences }) => (
                <Card key={key} title={t(`my.section.${key}`)}>
                  {sentences.map((text, at) => (
                    <p key={`${key}-${at}`}>
                      <Explained text={text} />
                    </p>
                  ))}
                </Card>
              ))}
            <p className="pp-hint">{t('my.ask')}</p>
          </>
        )}
      </Loaded>
    </OwnPage>
  )
}
