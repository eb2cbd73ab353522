import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import {
  Card,
  DateText,
  Facts,
  InstantText,
  Loading,
  ProblemAlert,
  RelativeDay,
  Row,
  Status,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { getProgramme, type ConsentView, type EnrolmentView } from '../contract/growth.ts'
import { ConsentDrawer } from './consent-drawer.tsx'
import { LeaveDrawer } from './leave-drawer.tsx'
import { ModuleBoard } from './module-board.tsx'
import { StagePart } from './stage-part.tsx'

type Programme = OutputOf<typeof getProgramme>

/** 长高管理 of this child: not before somebody has agreed, and never longer than they do. */
export function ProgrammePart({ patientId }: { patientId: string }) {
  const t = useT('growth')
  const acting = useOpened('programme')
  const { data, error, refetch } = useApi(getProgramme, { params: { patientId: patientId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  const { enrolment } = data
  const runs = enrolment?.state === 'active'
  // A child who may not be taken in and never was needs no card about it.
  if (!enrolment && data.refused && data.refused !== 'birth-date-unknown') return null
  return (
    <Card title={t('programme.title')}>
      {runs ? (
        <Running patientId={patientId} programme={data} enrolment={enrolment} onAct={acting.open} />
      ) : (
        <NotRunning data={data} onEnrol={() => acting.open('enrol')} />
      )}
      <ConsentDrawer
        patientId={patientId}
        programme={data}
        kind={acting.id === 'own' ? 'own' : 'enrol'}
        open={acting.id === 'enrol' || acting.id === 'own'}
        onClose={acting.close}
      />
      <LeaveDrawer patientId={patientId} open={acting.id === 'leave'} onClose={acting.close} />
    </Card>
  )
}

function NotRunning({ data, onEnrol }: { data: Programme; onEnrol: () => void }) {
  const t = useT('growth')
  const { enrolment, refused } = data
  return (
    <div className="pb-stack pb-stack-tight">
      {enrolment && (
        <p>
          {t('programme.ended', { reason: t(`endReason.${enrolment.endReason ?? 'other'}`) })}{' '}
          <DateText date={enrolment.endedOn} />
        </p>
      )}
      <p className="pb-hint">{t(refused ? `refused.${refused}` : 'programme.about')}</p>
      {!refused && data.can.write && (
        <Row>
          <Button onClick={onEnrol}>{t('programme.enrol')}</Button>
        </Row>
      )}
    </div>
  )
}

function Running({
  patientId,
  programme,
  enrolment,
  onAct,
}: {
  patientId: string
  programme: Programme
  enrolment: EnrolmentView
  onAct: (what: string) => void
}) {
  const t = useT('growth')
  const canWrite = programme.can.write
  const isWanting = enrolment.consent === 'wanting'
  const consent = enrolment.consents.findLast(({ withdrawnAt }) => withdrawnAt === null)
  return (
    <div className="pb-stack">
      {isWanting && (
        <Alert
          type="warning"
          showIcon
          title={t('consent.wanting')}
          action={
            canWrite && (
              <Button type="primary" size="small" onClick={() => onAct('own')}>
                {t('consent.ask')}
              </Button>
            )
          }
        />
      )}
      <Facts
        items={[
          [t('programme.since'), <DateText key="s" date={enrolment.startedOn} />],
          [t('programme.until'), <DateText key="u" date={enrolment.endsOn} />],
          [t('programme.next'), <RelativeDay key="n" date={enrolment.nextOn} due />],
          ...(enrolment.guardianToldOn
            ? [[t('consent.told'), <DateText key="g" date={enrolment.guardianToldOn} />] as [string, ReactNode]]
            : []),
          [t('consent.title'), consent && <ConsentLine key="c" consent={consent} isWanting={isWanting} />],
        ]}
      />
      <ModuleBoard
        patientId={patientId}
        enrolment={enrolment}
        abouts={programme.modules}
        canWrite={canWrite && !isWanting}
      />
      <StagePart patientId={patientId} enrolment={enrolment} canWrite={canWrite && !isWanting} />
      {canWrite && (
        <Row>
          {enrolment.consent === 'own' && (
            <Button type="text" onClick={() => onAct('own')}>
              {t('consent.goOn')}
            </Button>
          )}
          <Button type="text" onClick={() => onAct('leave')}>
            {t('leave.title')}
          </Button>
        </Row>
      )}
    </div>
  )
}

function ConsentLine({ consent, isWanting }: { consent: ConsentView; isWanting: boolean }) {
  const t = useT('growth')
  return (
    <>
      <Status tone={isWanting ? 'due' : 'good'}>{t(isWanting ? 'consent.overTitle' : 'consent.given')}</Status>{' '}
      {t('consent.line', {
        relation: t(`relation.${consent.relation}`),
        name: consent.name,
        on: consent.givenOn,
        way: t(`way.${consent.way}`),
        version: consent.textVersion,
      })}{' '}
      <span className="pb-hint">
        {t('consent.recordedBy', { name: consent.recordedBy })} <InstantText at={consent.recordedAt} />
      </span>
    </>
  )
}
