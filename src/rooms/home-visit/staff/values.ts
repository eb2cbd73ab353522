import { dateIn, instantAt, minuteOfDay } from '../../../platform/clock.ts'
import type { FINDINGS, LOOKED_AT, Position, VisitContent, VisitView } from '../contract/words.ts'

/** As the form has it: times as a clock on the wall shows them. */
export interface ContentValues {
  outcome: VisitContent['outcome']
  arrivedAt: string
  leftAt: string
  /** Chosen only where an address is known. */
  place?: VisitContent['place']
  address?: string
  position?: Position
  present?: VisitContent['present']
  presentNote?: string
  findings?: Partial<Record<(typeof LOOKED_AT)[number], (typeof FINDINGS)[number]>>
  seen?: string
  next?: string
}

/** `2026-03-02T14:05`, in the organization's zone. */
export function wallClock(at: Date, timeZone: string): string {
  const minute = minuteOfDay(at, timeZone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${dateIn(at, timeZone)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** The instant of a wall clock; undefined while it is half typed. */
export function instantOf(text: string | undefined, timeZone: string): string | undefined {
  const [, date, hours, minutes] = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(text ?? '') ?? []
  return date ? instantAt(date, Number(hours) * 60 + Number(minutes), timeZone).toISOString() : undefined
}

/** What is sent. @param known the address of last time, where it is confirmed */
export function contentOf(values: ContentValues, timeZone: string, known: string | undefined): VisitContent {
  const place = known === undefined ? 'other' : (values.place ?? 'other')
  const findings = Object.entries(values.findings ?? {}).filter(([, finding]) => finding !== undefined)
  return {
    outcome: values.outcome,
    arrivedAt: instantOf(values.arrivedAt, timeZone) ?? '',
    leftAt: instantOf(values.leftAt, timeZone) ?? '',
    place,
    address: place === 'known' ? known! : (values.address ?? ''),
    position: values.position ?? { kind: 'not-shared' },
    present: values.present ?? [],
    presentNote: values.presentNote ?? '',
    findings: Object.fromEntries(findings) as VisitContent['findings'],
    seen: values.seen ?? '',
    next: values.next ?? '',
  }
}

/** A visit that stands, as the form shows it to be corrected. */
export function valuesOf(visit: VisitView, timeZone: string): ContentValues {
  const { kind, latitude, longitude } = visit.position
  return {
    outcome: visit.outcome,
    arrivedAt: wallClock(new Date(visit.arrivedAt), timeZone),
    leftAt: wallClock(new Date(visit.leftAt), timeZone),
    place: 'other',
    address: visit.address,
    position:
      kind === 'shared' && latitude !== null && longitude !== null
        ? { kind, latitude, longitude }
        : { kind: kind === 'unavailable' ? kind : 'not-shared' },
    present: visit.present,
    presentNote: visit.presentNote,
    findings: visit.findings,
    seen: visit.seen,
    next: visit.next,
  }
}
