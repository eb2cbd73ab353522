import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  InstantText,
  Row,
  Stack,
  Status,
  useAction,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listMedication, undoEndMedication, type ScheduleView } from '../contract/medication.ts'
import { EndDrawer } from './end-drawer.tsx'
import { RecentDoses } from './recent-doses.tsx'
import { timeOf, whenWords } from './words.ts'

interface Props {
  patientId: string
  schedule: ScheduleView
  onChange?: () => void
}

/** One drug: when it is taken, the last four weeks, what was said, who has written what. */
export function ScheduleCard({ patientId, schedule, onChange }: Props) {
  const t = useT('medication')
  const { content, can } = schedule
  const [isEnding, setEnding] = useState(false)
  return (
    <Card
      title={`${content.name} ${content.dose}`}
      extra={schedule.state === 'ended' ? <Status>{t(`endReason.${schedule.endReason!}`)}</Status> : null}
    >
      <Stack tight>
        <div>
          {whenWords(t, content)}
          {content.words && ` · ${content.words}`}{' '}
          <span className="pb-hint">
            <DateText date={content.fromOn} />
            {' – '}
            {content.untilOn ? <DateText date={content.untilOn} /> : t('card.noEnd')}
            {' · '}
            {content.remind ? t('card.reminds') : t('card.remindsNot')}
            {schedule.fromRecord && ` · ${t('card.fromRecord')}`}
          </span>
        </div>
        <Adherence schedule={schedule} />
        <RecentDoses patientId={patientId} schedule={schedule} />
        <Skipped skipped={schedule.skipped} />
        <Versions schedule={schedule} />
        {schedule.endNote && <p className="pb-hint">{schedule.endNote}</p>}
        <Row>
          {can.includes('change') && onChange && <Button onClick={onChange}>{t('act.change')}</Button>}
          {can.includes('end') && <Button onClick={() => setEnding(true)}>{t('act.end')}</Button>}
          {can.includes('undo-end') && <UndoEnd patientId={patientId} schedule={schedule} />}
        </Row>
      </Stack>
      {isEnding && <EndDrawer patientId={patientId} schedule={schedule} onClose={() => setEnding(false)} />}
    </Card>
  )
}

/** Counts with their n; what nobody noted stands apart and is not called missed. */
function Adherence({ schedule: { adherence, strip } }: { schedule: ScheduleView }) {
  const t = useT('medication')
  const { known, taken, skipped, none, away, daysWithout } = adherence
  return (
    <div className="md-course">
      <div className="md-strip" role="img" aria-label={t('course.strip', { known, taken, skipped, none })}>
        {strip.map(({ on, mark }) => (
          <span key={on} data-mark={mark} title={`${on} ${t(`mark.${mark}`)}`} />
        ))}
      </div>
      <div>
        <span className="pb-number">
          {known === 0 ? t('course.nothing') : t('course.known', { known, taken, skipped })}
        </span>
        {none > 0 && <span className="pb-hint"> {t('course.none', { count: none, days: daysWithout })}</span>}
        {away > 0 && <span className="pb-hint"> {t('course.away', { count: away })}</span>}
      </div>
      <Legend />
    </div>
  )
}

function Legend() {
  const t = useT('medication')
  return (
    <div className="md-legend" aria-hidden>
      {(['taken', 'partly', 'skipped', 'none', 'away'] as const).map((mark) => (
        <span key={mark}>
          <i data-mark={mark} /> {t(`mark.${mark}`)}
        </span>
      ))}
    </div>
  )
}

function Skipped({ skipped }: { skipped: ScheduleView['skipped'] }) {
  const t = useT('medication')
  if (skipped.length === 0) return null
  return (
    <details>
      <summary>{t('course.skipped', { count: skipped.length })}</summary>
      <ul className="md-list">
        {skipped.map(({ on, minute, reason, words, toldTo }) => (
          <li key={`${on} ${minute}`}>
            <DateText date={on} /> {timeOf(minute)} · {t(`my.reason.${reason}`)}
            {words && ` · ${words}`}
            {toldTo && <span className="pb-hint"> {t('recent.told', { name: toldTo })}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Versions({ schedule: { versions } }: { schedule: ScheduleView }) {
  const t = useT('medication')
  return (
    <details>
      <summary>{t('card.versions', { count: versions.length, name: versions[0]!.by })}</summary>
      <ul className="md-list">
        {versions.map(({ version, content, since, by }) => (
          <li key={version}>
            {t('card.version', { version })} · {content.name} {content.dose} · {whenWords(t, content)}{' '}
            <span className="pb-hint">
              {by} <InstantText at={since} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function UndoEnd({ patientId, schedule }: Props) {
  const t = useT('medication')
  const say = useSay()
  const undo = useAction(undoEndMedication, {
    invalidates: [listMedication],
    onDone: () => say.done(t('said.undone')),
  })
  const params = { patientId: patientId as never, scheduleId: schedule.id }
  return (
    <Button loading={undo.isPending} onClick={() => undo.mutate({ params }, { onError: say.problem })}>
      {t('act.undoEnd')}
    </Button>
  )
}
