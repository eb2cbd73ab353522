import { Button } from 'antd'
import { useState } from 'react'
import { Card, DateText, InstantText, Stack, Status, useT, type T } from '../../../platform/web/index.ts'
import type { OccurrenceLine, RunView } from '../contract/run.ts'
import { ExitPlan } from './exit-plan.tsx'
import { CLASS_TONES, quotaWords, STATE_TONES, useSaid } from './words.ts'
import './follow-up.css'

/** One plan: what it is, how the year stands, and its visits on an axis, track by track. */
export function PlanCard({ run, onOpen }: { run: RunView; onOpen: (occurrenceId: string) => void }) {
  const t = useT('follow-up')
  const said = useSaid()
  const [exiting, setExiting] = useState(false)
  // What happens most often stands first: the visits, then the yearly check.
  const tracks = [...Map.groupBy(run.occurrences, (one) => one.track)].toSorted(([, a], [, b]) => b.length - a.length)
  return (
    <Card
      title={said(run.protocolName)}
      extra={
        <span className="pb-row">
          <Status tone={run.state === 'active' ? 'good' : 'plain'}>
            {run.exitReason ? t(`exit.${run.exitReason}`) : t(`run.${run.state}`)}
          </Status>
          {run.can.exit && (
            <Button type="text" size="small" onClick={() => setExiting(true)}>
              {t('plan.exit')}
            </Button>
          )}
        </span>
      }
    >
      <Stack tight>
        <p className="pb-hint">
          {t('plan.since')} <DateText date={run.anchorOn} /> · {t(`entry.${run.entryKey}`)}
          {run.startedBy && ` · ${run.startedBy}`} · {t('plan.version', { version: run.protocolVersion })}
          {run.switchTo !== null && ` → ${run.switchTo}`}
          {run.endedAt && (
            <>
              {' · '}
              {t('plan.ended')} <InstantText at={run.endedAt} /> {run.endedBy}
            </>
          )}
          {run.exitNote && ` · ${run.exitNote}`}
        </p>
        {run.quotas.length > 0 && <p>{run.quotas.map((quota) => quotaWords(t, said, quota)).join(' · ')}</p>}
        {run.streak && <StreakLine streak={run.streak} />}
        {tracks.map(([track, occurrences]) => (
          <Axis key={track} label={said(run.protocolName)} occurrences={occurrences} onOpen={onOpen} />
        ))}
        {run.referrals.map((referral) => (
          <p key={referral.id} className={referral.state === 'open' ? 'pb-due' : 'pb-hint'}>
            {t('plan.referral')} <InstantText at={referral.at} /> {referral.referTo} · {t(`referral.${referral.state}`)}{' '}
            {referral.outcome}
          </p>
        ))}
      </Stack>
      {exiting && <ExitPlan run={run} onClose={() => setExiting(false)} />}
    </Card>
  )
}

/** S0-45: how many weeks in a row it took place; after a week without, what was and that it goes on. */
function StreakLine({ streak }: { streak: NonNullable<RunView['streak']> }) {
  const t = useT('follow-up')
  if (streak.broken)
    return (
      <p>
        <Status tone="due">{t('streak.broken')}</Status>{' '}
        {streak.longest > 0 && <span className="pb-hint">{t('streak.longest', { count: streak.longest })}</span>}
      </p>
    )
  return (
    <p>
      <Status tone="good">{t('streak.weeks', { count: streak.weeks })}</Status>{' '}
      {streak.longest > streak.weeks && (
        <span className="pb-hint">{t('streak.longest', { count: streak.longest })}</span>
      )}
    </p>
  )
}

const MARKS: Record<OccurrenceLine['state'], string> = {
  planned: '',
  due: '!',
  done: '✓',
  'done-late': '✓',
  missed: '✕',
  cancelled: '–',
}

function Axis({
  label,
  occurrences,
  onOpen,
}: {
  label: string
  occurrences: readonly OccurrenceLine[]
  onOpen: (id: string) => void
}) {
  const t = useT('follow-up')
  const said = useSaid()
  return (
    <ol className="pb-axis" aria-label={label}>
      {occurrences.map((one) => (
        <li key={one.id} className={`pb-axis-${one.state} pb-tone-${STATE_TONES[one.state]}`}>
          <span className="pb-axis-dot" aria-hidden="true">
            {MARKS[one.state]}
          </span>
          <button type="button" className="pb-axis-open" onClick={() => onOpen(one.id)}>
            <span className="pb-axis-name">{said(one.stepName)}</span>
            <span className="pb-number">
              <DateText date={one.actualOn ?? one.dueOn} />
            </span>
            <span className="pb-axis-words">{wordsOf(t, one)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function wordsOf(t: T, one: OccurrenceLine) {
  if (one.class)
    return (
      <Status tone={CLASS_TONES[one.class]}>
        {one.state === 'done-late' ? t('plan.late', { class: t(`class.${one.class}`) }) : t(`class.${one.class}`)}
      </Status>
    )
  if (one.restingSince) return <Status tone="due">{t('plan.resting')}</Status>
  if (one.state === 'cancelled' && one.reason === 'in-hospital') return <span>{t('plan.movedAfterStay')}</span>
  return <span>{t(`state.${one.state}`)}</span>
}
