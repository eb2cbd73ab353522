import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import { listMedication, type MedicationView, type ScheduleView } from '../contract/medication.ts'
import { ScheduleCard } from './schedule-card.tsx'
import { ScheduleDrawer } from './schedule-drawer.tsx'
import { whenWords } from './words.ts'
import './medication.css'

/** 用药 of one person: what is taken, how it goes, what was before. */
export function MedicationTab({ patientId }: { patientId: string }) {
  const t = useT('medication')
  const [editing, setEditing] = useState<ScheduleView | 'new'>()
  const { data, error, refetch } = useApi(listMedication, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  const active = data.schedules.filter(({ state }) => state === 'active')
  const ended = data.schedules.filter(({ state }) => state === 'ended')
  const begin = data.can.write && (
    <Button type={active.length === 0 ? 'primary' : 'default'} onClick={() => setEditing('new')}>
      {t('act.new')}
    </Button>
  )
  return (
    <Stack>
      <Notes data={data} />
      {active.length === 0 ? (
        <Empty title={t('tab.empty')} hint={t('tab.emptyHint')} action={begin} />
      ) : (
        <>
          {begin && <div>{begin}</div>}
          <p className="pb-hint">{ruleWords(t, data.rule)}</p>
          {active.map((schedule) => (
            <ScheduleCard
              key={schedule.id}
              patientId={patientId}
              schedule={schedule}
              onChange={() => setEditing(schedule)}
            />
          ))}
        </>
      )}
      {ended.length > 0 && <Ended patientId={patientId} schedules={ended} />}
      {editing && (
        <ScheduleDrawer
          patientId={patientId}
          choices={data.choices}
          {...(editing === 'new' ? {} : { schedule: editing })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Stack>
  )
}

function ruleWords(t: ReturnType<typeof useT>, { skippedRun, silentDays }: MedicationView['rule']): string {
  if (silentDays === null) return t('tab.ruleSkipped', { count: skippedRun })
  return t('tab.rule', { count: skippedRun, days: silentDays })
}

function Notes({ data: { offSince, restingSince } }: { data: MedicationView }) {
  const t = useT('medication')
  return (
    <>
      {restingSince && (
        <p className="md-note" role="status">
          {t('tab.resting')} <DateText date={restingSince} />
        </p>
      )}
      {offSince && (
        <p className="md-note" role="status">
          {t('tab.off')} <InstantText at={offSince} />
        </p>
      )}
    </>
  )
}

function Ended({ patientId, schedules }: { patientId: string; schedules: readonly ScheduleView[] }) {
  const t = useT('medication')
  return (
    <Card title={t('tab.ended')}>
      <Stack tight>
        {schedules.map((schedule) => (
          <details key={schedule.id} className="md-ended">
            <summary>
              {schedule.content.name} {schedule.content.dose}{' '}
              <span className="pb-hint">
                {whenWords(t, schedule.content)} · {t(`endReason.${schedule.endReason!}`)}{' '}
                <InstantText at={schedule.endedAt} />
              </span>
            </summary>
            <ScheduleCard patientId={patientId} schedule={schedule} />
          </details>
        ))}
      </Stack>
    </Card>
  )
}
