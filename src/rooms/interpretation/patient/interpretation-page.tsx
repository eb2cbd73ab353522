import { Card, Go, Loaded, OwnPage, useMay, useOwn, useT } from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { readMine } from '../contract/own.ts'
import { AskMore } from './ask-more.tsx'
import { Booked } from './booked.tsx'
import { CallUs } from './call-us.tsx'
import { CancelMine } from './cancel-mine.tsx'
import { OutcomePart } from './outcome-part.tsx'
import { SlotChoice } from './slot-choice.tsx'
import { useWhen } from './use-when.ts'

export type MyInterpretation = OutputOf<typeof readMine>
export interface PartProps {
  of: MyInterpretation
  onChanged: () => void
}

/** One interpretation: the time to choose, the time agreed on, or what the doctor wrote. */
export function InterpretationPage({ parameter }: { parameter: string }) {
  const t = useT('interpretation')
  const own = useOwn(readMine, { params: { orderId: parameter as never } })
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {(data) => (
          <>
            <About of={data} />
            <Standing of={data} onChanged={own.reload} />
            {data.state !== 'done' && data.question && <Question text={data.question} />}
            {data.changeable && <CancelMine of={data} onChanged={own.reload} />}
          </>
        )}
      </Loaded>
    </OwnPage>
  )
}

function About({ of: { examTitle, examOn, reportId } }: { of: MyInterpretation }) {
  const t = useT('interpretation')
  const { day } = useWhen()
  return (
    <p className="pp-context">
      {examTitle === null
        ? t('my.aboutDay', { day: day(examOn) })
        : t('my.aboutReport', { day: day(examOn), title: examTitle })}
      {reportId && (
        <>
          {' '}
          <Go to={`/my/report/${reportId}`}>{t('my.seeReport')}</Go>
        </>
      )}
    </p>
  )
}

function Standing({ of, onChanged }: PartProps) {
  const t = useT('interpretation')
  const may = useMay()
  switch (of.state) {
    case 'asked':
      return (
        <Card title={t('my.title')}>
          <p>{t('my.waiting')}</p>
          <CallUs />
        </Card>
      )
    case 'offered':
      if (may('book')) return <SlotChoice of={of} title={t('my.choose.title')} onChanged={onChanged} />
      return (
        <Card title={t('my.title')}>
          <p>{t('my.chooseThemselves')}</p>
        </Card>
      )
    case 'booked':
      return <Booked of={of} onChanged={onChanged} />
    case 'missed':
      return (
        <Card title={t('my.title')}>
          <p>{t('my.missed')}</p>
          <CallUs />
        </Card>
      )
    case 'cancelled':
      return (
        <Card title={t('my.title')}>
          <p>{cancelledWords(t, of)}</p>
          {!of.cancelledByMe && <CallUs />}
        </Card>
      )
    case 'done':
      return (
        <>
          <OutcomePart of={of} onChanged={onChanged} />
          {of.outcome === null && (
            <Card title={t('my.title')}>
              <p>{t('my.themselves')}</p>
            </Card>
          )}
          {may('ask') && <AskMore of={of} onChanged={onChanged} />}
        </>
      )
  }
}

function cancelledWords(t: ReturnType<typeof useT>, { cancelledByMe, cancelledBecause }: MyInterpretation): string {
  if (cancelledByMe) return t('my.cancelled.mine')
  return cancelledBecause ? t('my.cancelled.theirs', { because: cancelledBecause }) : t('my.cancelled.plain')
}

function Question({ text }: { text: string }) {
  const t = useT('interpretation')
  return (
    <Card title={t('my.yourQuestion')}>
      <p>{text}</p>
    </Card>
  )
}
