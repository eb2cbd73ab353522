import { RelativeDay, Status, useT, type Tone } from '../../../platform/web/index.ts'
import {
  appointmentsOfPatient,
  countAppointments,
  listAppointments,
  type AppointmentLine,
} from '../contract/appointment.ts'
import type { AppointmentStatus } from '../contract/words.ts'

/** What has to be asked for again when an appointment has changed. */
export const CHANGED = [appointmentsOfPatient, listAppointments, countAppointments]

const TONE: Record<AppointmentStatus, Tone> = {
  booked: 'plain',
  arrived: 'good',
  fulfilled: 'good',
  cancelled: 'plain',
  noshow: 'due',
}

export function StatusText({ status }: { status: AppointmentStatus }) {
  const t = useT('appointment')
  return <Status tone={TONE[status]}>{t(`status.${status}`)}</Status>
}

/** 明天 09:30；原 2026-03-04 09:00 */
export function WhenText({ line: { on, from, movedFrom } }: { line: AppointmentLine }) {
  const t = useT('appointment')
  return (
    <>
      <strong className="pb-nowrap">
        <RelativeDay date={on} /> {from}
      </strong>{' '}
      {movedFrom && (
        <span className="pb-hint pb-nowrap">{t('line.movedFrom', { on: movedFrom.on, from: movedFrom.from })}</span>
      )}
    </>
  )
}

/** 内分泌科 · 陆雅琴 · 门诊楼三层 */
export function WhereText({ line: { department, practitioner, place } }: { line: AppointmentLine }) {
  return <>{[department, practitioner, place].filter(Boolean).join(' · ')}</>
}

/** Why it does not take place, or which system keeps it. */
export function NoteText({ line: { cancelledBy, because, source } }: { line: AppointmentLine }) {
  const t = useT('appointment')
  const cancelled = cancelledBy && (because || t(`cancelledBy.${cancelledBy}`))
  const kept = source && t('line.keptBy', { source })
  return <>{[cancelled && t('line.because', { because: cancelled }), kept].filter(Boolean).join(' ')}</>
}
