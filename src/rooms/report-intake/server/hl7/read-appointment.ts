import type { IncomingAppointment } from '../incoming-appointment.ts'
import type { Hl7Message, Segment } from './parse.ts'
import { readPatient } from './read-patient.ts'
import { timeReader } from './time.ts'

type Status = IncomingAppointment['status']
const BY_EVENT: Record<string, Status> = {
  S12: 'booked',
  S13: 'booked',
  S14: 'booked',
  S15: 'cancelled',
  S26: 'noshow',
}
/** SCH-25, HL7 table 0278: what a modification says of the state. Who waits or is asked for has not been booked yet. */
const BY_WORD: Record<string, Status> = {
  CANCELLED: 'cancelled',
  DELETED: 'cancelled',
  DC: 'cancelled',
  NOSHOW: 'noshow',
  ARRIVED: 'arrived',
  STARTED: 'arrived',
  COMPLETE: 'fulfilled',
}

export type AppointmentFault = 'no-appointment' | 'no-appointment-time'

/** The appointment of a SIU message, as the system that keeps the calendar describes it. */
export function readAppointment(
  message: Hl7Message,
  pid: Segment,
  { event, zone }: { event: string; zone: string },
): IncomingAppointment | AppointmentFault {
  const sch = segmentOf(message, 'SCH')
  if (!sch) return 'no-appointment'
  const [placer, filler] = [numberOf(sch.first(1)), numberOf(sch.first(2))]
  if (placer === null && filler === null) return 'no-appointment'
  const byEvent = BY_EVENT[event] ?? 'booked'
  const status = byEvent === 'booked' ? (BY_WORD[sch.first(25).toUpperCase()] ?? byEvent) : byEvent
  const readTime = timeReader(zone)
  const at = (text: string) => {
    const read = readTime(text)
    return read && (read.precision === 'minute' || read.precision === 'second') ? new Date(read.at) : undefined
  }
  const [tq, ais, ail, aip, pv] = ['TQ1', 'AIS', 'AIL', 'AIP', 'PV1'].map((name) => segmentOf(message, name))
  const startsAt = [sch.first(11, 4), tq?.first(7), ais?.first(4), aip?.first(6), ail?.first(6)].reduce(
    (found: Date | undefined, text) => found ?? at(text ?? ''),
    undefined,
  )
  if (!startsAt && status !== 'cancelled' && status !== 'noshow') return 'no-appointment-time'
  const endsAt = at(sch.first(11, 5)) ?? at(tq?.first(8) ?? '')
  return {
    patient: readPatient(pid),
    placer,
    filler,
    status,
    startsAt: startsAt ?? null,
    minutes: minutesOf(sch, startsAt, endsAt),
    service: named(ais, 3) || named(sch, 7) || named(sch, 8),
    department: pv ? named(pv, 10) : '',
    practitioner: personOf(aip, 3) || personOf(sch, 16),
    place: placeOf(ail),
    because: status === 'cancelled' ? named(sch, 6) : '',
    toldAt: at(message.header.text(7)) ?? null,
  }
}

const segmentOf = ({ segments }: Hl7Message, name: string) => segments.find((segment) => segment.name === name)

const NUMBER_MAX = 120
const numberOf = (text: string): string | null => (text === '' ? null : text.slice(0, NUMBER_MAX))

/** A coded element in words: its text, else its code. */
const named = (segment: Segment | undefined, field: number): string =>
  segment ? segment.first(field, 2) || segment.first(field) : ''

/** `D012^周^启明`: the name after the number; a name written in one stands in the second component alone. */
function personOf(segment: Segment | undefined, field: number): string {
  if (!segment) return ''
  const names = [segment.first(field, 2), segment.first(field, 3)].filter(Boolean)
  return names.join(/\p{Script=Han}/u.test(names[0] ?? '') ? '' : ' ') || segment.first(field)
}

/** Building, floor, point of care and room, as far as they are said. */
function placeOf(ail: Segment | undefined): string {
  if (!ail) return ''
  return [7, 8, 1, 2]
    .map((component) => ail.first(3, component))
    .filter(Boolean)
    .join(' ')
}

const MINUTES_MAX = 1440
/** What lies between beginning and end, else SCH-9 with its unit: senders fill that in for the sake of the field. */
function minutesOf(sch: Segment, from: Date | undefined, until: Date | undefined): number | null {
  const unit = sch.first(10)
  const perUnit = /^h/i.test(unit) ? 60 : /^s/i.test(unit) ? 1 / 60 : 1
  const minutes = from && until ? (until.getTime() - from.getTime()) / 60_000 : Number(sch.first(9)) * perUnit
  const whole = Math.round(minutes)
  return whole >= 1 && whole <= MINUTES_MAX ? whole : null
}
