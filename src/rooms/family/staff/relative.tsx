import { Button } from 'antd'
import {
  DateText,
  InstantText,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { endFor, familyOf, linkFor } from '../contract/staff.ts'

type One = OutputOf<typeof familyOf>['rows'][number]
const TONES = { invited: 'due', active: 'good', ended: 'plain', lapsed: 'plain', expired: 'plain' } as const

/** One relative beside the word that it rests on. */
export function Relative({ patientId, one, onLink }: { patientId: string; one: One; onLink: (link: string) => void }) {
  const t = useT('family')
  return (
    <Stack tight>
      <Row>
        <strong>{t('my.nameWith', { name: one.name, relation: t(`my.relation.${one.relation}`) })}</strong>
        <Status tone={TONES[one.state]}>{t(`staff.state.${one.state}`)}</Status>
        {one.endedBecause && <span className="pb-hint">{t(`staff.because.${one.endedBecause}`)}</span>}
      </Row>
      <span>{one.scopes.map((scope) => t(`staff.scope.${scope}`)).join(' · ')}</span>
      <span className="pb-hint">
        <span className="pb-number">{one.phoneMasked}</span> · {t('staff.until')}{' '}
        <DateText date={one.ownAgeOn ?? one.untilOn} />
        {one.ownAgeOn && ` ${t('staff.ownAge.until')}`}
      </span>
      <span className="pb-hint">
        {one.invitedBy ? t('staff.byStaff', { name: one.invitedBy }) : t('staff.self')}{' '}
        <InstantText at={one.invitedAt} />
        {one.word && ` · ${t(`staff.word.${one.word.kind}`)}：${one.word.note}`}
      </span>
      {one.confirmedAt && (
        <span className="pb-hint">
          {t('staff.confirmed')} <InstantText at={one.confirmedAt} /> ·{' '}
          {one.lastSeenAt ? (
            <>
              {t('staff.lastSeen')} <InstantText at={one.lastSeenAt} />
            </>
          ) : (
            t('staff.unseen')
          )}
        </span>
      )}
      {(one.state === 'active' || one.state === 'invited' || one.state === 'lapsed') && (
        <Acts patientId={patientId} one={one} onLink={onLink} />
      )}
    </Stack>
  )
}

function Acts({ patientId, one, onLink }: { patientId: string; one: One; onLink: (link: string) => void }) {
  const t = useT('family')
  const say = useSay()
  const confirm = useConfirmReach()
  const params = { patientId: patientId as never, relativeId: one.id }
  const renew = useAction(linkFor, { invalidates: [familyOf], onDone: ({ link }) => onLink(link) })
  const end = useAction(endFor, { invalidates: [familyOf], onDone: () => say.done(t('staff.ended')) })
  const onEnd = async () => {
    const reach = {
      title: t('staff.endTitle', { name: one.name }),
      reach: [t('staff.endReach')],
      verb: t('staff.end'),
      danger: true,
    }
    if (await confirm(reach)) end.mutate({ params })
  }
  return (
    <>
      <Row>
        <Button type="text" loading={renew.isPending} onClick={() => renew.mutate({ params })}>
          {t('staff.newLink')}
        </Button>
        <Button danger type="text" loading={end.isPending} onClick={() => void onEnd()}>
          {t('staff.end')}
        </Button>
      </Row>
      <ProblemAlert problem={renew.error ?? end.error} />
    </>
  )
}
