import { Button } from 'antd'
import { useState } from 'react'
import {
  DateText,
  Facts,
  InstantText,
  RelativeDay,
  Row,
  Stack,
  Status,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import type { Can, ComplaintLine, ComplaintView, Origin } from '../contract/words.ts'
import { CloseForm, HandOverForm, ReopenForm } from './act-forms.tsx'

/** 女儿 (家人)转述, or the person themselves. */
export const tellerOf = (t: T, { speaker, relation }: Pick<ComplaintLine, 'speaker' | 'relation'>) =>
  speaker === 'family' ? t('card.family', { relation }) : t('speaker.person')

/** 2 分（满分 5 分） · 心内科 · 11月20日就诊 · 希望有人联系: the answer it was opened by itself for. */
function originOf(t: T, { score, department, visitedOn, wantsContact }: Origin): string {
  return [
    t('card.score', { score }),
    department,
    visitedOn && t('card.visited', { on: visitedOn }),
    wantsContact !== null && t(wantsContact ? 'card.wantsContact' : 'card.noContact'),
  ]
    .filter(Boolean)
    .join(' · ')
}

export function ComplaintState({ complaint }: { complaint: ComplaintLine }) {
  const t = useT('complaint')
  const { state, late, closed } = complaint
  if (state === 'closed')
    return <Status tone="good">{closed ? t(`outcome.${closed.outcome}`) : t('state.closed')}</Status>
  return <Status tone="due">{t(late ? 'state.late' : 'state.open')}</Status>
}

/** A complaint in its words, who sees to it by when, what one may do with it, and all that was done. */
export function ComplaintCard({ complaint, onGone }: { complaint: ComplaintView; onGone?: () => void }) {
  const t = useT('complaint')
  const [asking, setAsking] = useState<Can>()
  const done = () => setAsking(undefined)
  const { closed } = complaint
  return (
    <section aria-label={t(`category.${complaint.category}`)}>
      <Stack tight>
        <Row>
          <strong>{t(`category.${complaint.category}`)}</strong>
          <ComplaintState complaint={complaint} />
          {complaint.state === 'open' && (
            <span>
              {t('card.due')} <RelativeDay date={complaint.dueOn} due />
            </span>
          )}
        </Row>
        <p style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{complaint.words}</p>
        <Facts
          items={[
            [t('card.told'), `${tellerOf(t, complaint)} · ${t(`channel.${complaint.channel}`)}`],
            [t('card.received'), <DateText key="received" date={complaint.receivedOn} />],
            [t('card.recorded'), t('card.by', { by: complaint.by })],
            [t('card.origin'), complaint.origin && originOf(t, complaint.origin)],
            [t('card.owner'), complaint.owner.name],
            [t('card.outcome'), closed && [t(`outcome.${closed.outcome}`), closed.text].filter(Boolean).join(' · ')],
            [t('card.closed'), closed && t('card.by', { by: closed.by })],
          ]}
        />
        {asking === 'close' && <CloseForm complaint={complaint} onDone={done} />}
        {asking === 'hand-over' && <HandOverForm complaint={complaint} onDone={onGone ?? done} onCancel={done} />}
        {asking === 'reopen' && <ReopenForm complaint={complaint} onDone={done} />}
        {!asking && complaint.can.length > 0 && (
          <Row>
            {complaint.can.map((act) => (
              <Button key={act} type={act === 'close' ? 'primary' : 'default'} onClick={() => setAsking(act)}>
                {t(`do.${act}`)}
              </Button>
            ))}
          </Row>
        )}
        {complaint.acts.length > 0 && <Acts complaint={complaint} />}
      </Stack>
    </section>
  )
}

function Acts({ complaint }: { complaint: ComplaintView }) {
  const t = useT('complaint')
  return (
    <details>
      <summary className="pb-hint">{t('card.acts', { count: complaint.acts.length })}</summary>
      <Stack tight>
        {complaint.acts.map((act) => (
          <Row key={act.version}>
            <span>{t(`act.${act.act}`, { by: act.by, owner: act.owner })}</span>
            <span className="pb-hint">
              <InstantText at={act.at} />
            </span>
            {act.note && <span className="pb-hint">{act.note}</span>}
          </Row>
        ))}
      </Stack>
    </details>
  )
}
