import type { CourseEvent } from '../../contract/indicators.ts'
import type { TimelineEntry } from '../../contract/timeline.ts'
import { dayOf, type Extent } from '../figure/scale.ts'

export const EVENT_KINDS = ['medication', 'procedure', 'condition', 'encounter', 'care'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** What happened beside the values, as it is marked on the axis. */
export interface AxisEvent {
  id: string
  kind: EventKind
  on: string
  /** Of what lasts; null: until today, undefined: a moment. */
  endedOn?: string | null
  title: string
}

const LASTING: readonly string[] = ['medication', 'condition']

export function recordEvent({ id, kind, on, endedOn, title }: CourseEvent): AxisEvent {
  return { id, kind, on, title, ...(LASTING.includes(kind) ? { endedOn } : {}) }
}

/** Plan and follow-up, as other rooms tell them on the timeline. */
export function careEvent({ id, title }: Pick<TimelineEntry, 'id' | 'title'>, on: string): AxisEvent {
  return { id, kind: 'care', on, title }
}

/** Events of the time that the values span, and what lasts into it; oldest first. */
export function eventsWithin(events: readonly AxisEvent[], first: string, last: string): AxisEvent[] {
  return events
    .filter(({ on, endedOn }) => on <= last && (endedOn === undefined ? on : (endedOn ?? last)) >= first)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

export interface Span {
  /** Days; the same twice is a moment. */
  from: number
  to: number
}

/** The part of an event that the picture shows. */
export function spanOf({ on, endedOn }: AxisEvent, { min, max }: Extent): Span {
  const from = Math.max(dayOf(on), min)
  if (endedOn === undefined) return { from, to: from }
  return { from, to: Math.max(from, Math.min(endedOn === null ? max : dayOf(endedOn), max)) }
}

/**
 * Rows for things that must not touch: each goes into the first row that is free where it begins.
 * @param items in the order of their beginning, in pixels
 * @returns the row of each, from 0
 */
export function packRows(items: readonly { from: number; to: number }[]): number[] {
  const ends: number[] = []
  return items.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from)
    const row = free < 0 ? ends.length : free
    ends[row] = to
    return row
  })
}

/** About how wide a text of 12 pixels is: a Chinese character is as wide as high. */
export function textWidthPx(text: string): number {
  let width = 0
  for (const one of text) width += /[\u2E80-\uFFEF]/.test(one) ? 12 : 6.6
  return width
}
