import { Card, Go, InstantText, Row, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { CallSession } from '../contract/session.ts'
import { NextButton } from './next-button.tsx'

/** What a call has come to, and the way to the next one. */
export function CallEnded({ session, onNext }: { session: CallSession; onNext: () => void }) {
  const t = useT('call-desk')
  const { outcome, nextAt, hold, state } = session
  return (
    <Card title={t(outcome ? 'ended.title' : 'ended.back')}>
      <Stack tight>
        <Row>
          <Status tone={outcome === 'reached' ? 'good' : 'plain'}>
            {outcome ? t(`outcomes.${outcome}`) : t(`state.${state}`)}
          </Status>
          {session.handedOver && <span>{t('ended.handedOver')}</span>}
        </Row>
        {session.lost && <p className="pb-danger">{t('ended.lost')}</p>}
        {hold && (
          <p className="pb-due">
            {t(`ended.hold.${hold}`)}{' '}
            {session.subject.kind === 'follow-up' && (
              <Go to={`/follow-ups?visit=${session.subject.id}`}>{t('ended.openVisit')}</Go>
            )}
          </p>
        )}
        {hold === 'wrong-number' && (
          <Row>
            <span>{t('ended.slip')}</span>
            <Go to="/do-not-call">{t('blocks.title')}</Go>
          </Row>
        )}
        {nextAt && (
          <p>
            {t('ended.again')} <InstantText at={nextAt} />
          </p>
        )}
        {outcome === 'reached' && session.open && <p className="pb-due">{t('ended.formOpen')}</p>}
        {outcome === 'reached' && !session.open && <p>{t('ended.done')}</p>}
        <Row>
          <NextButton onNext={onNext} />
        </Row>
      </Stack>
    </Card>
  )
}
