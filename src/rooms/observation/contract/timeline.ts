import { z } from 'zod'
import { endpoint, pii, type Permission } from '../../../platform/contract/index.ts'
import { flag, ofPatient } from './record.ts'

/**
 * The shape in which every room tells what happened to a patient. Each room that has something to tell declares an
 * endpoint by `timelineEndpoint`; the timeline page asks all of them and puts them into one order.
 */
export const timelineEntry = z.object({
  id: z.string(),
  /** The page has a word and an icon for each kind, under `timeline.kind.<kind>` of the room's locales. */
  kind: z.string(),
  at: z.string(),
  /** Only the day is known. */
  dateOnly: z.boolean().default(false),
  title: pii('health', z.string()),
  text: pii('health', z.string()).default(''),
  /** A code that the page translates beside the kind: the class of an encounter, a relation. */
  code: z.string().default(''),
  lines: z
    .array(
      z.object({
        label: z.string(),
        value: pii('health', z.string()),
        unit: z.string().default(''),
        flag: flag.nullable().default(null),
      }),
    )
    .default([]),
  /** How many lines there are in all. */
  lineCount: z.number().int().default(0),
  tone: z.enum(['plain', 'good', 'due', 'danger']).default('plain'),
  by: z.string().nullable().default(null),
  /** Where it opens, an address of the staff web. */
  to: z.string().nullable().default(null),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

export const timelineQuery = z.object({
  /** Newest first; the answer's `next` handed back. */
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  /** Comma-separated kinds; all without it. */
  kinds: z.string().max(400).optional(),
})

export const timelinePage = z.object({ rows: z.array(timelineEntry), next: z.string().nullable() })

/** Declares a room's share of the timeline: `timelineEndpoint('task', 'task.read')` is `GET /patients/:patientId/timeline/task`. */
export function timelineEndpoint(room: string, permission: Permission) {
  return endpoint({
    name: `${room}.timeline`,
    method: 'GET',
    path: `/patients/:patientId/timeline/${room}`,
    summary: `What the room ${room} tells of a patient, newest first`,
    gate: { permission, audit: { action: 'patient.timeline', patient: 'patientId' } },
    params: ofPatient,
    query: timelineQuery,
    output: timelinePage,
  })
}
export type TimelineEndpoint = ReturnType<typeof timelineEndpoint>

export const recordTimeline = timelineEndpoint('observation', 'record.read')

export const RECORD_KINDS = [
  'report',
  'observation-day',
  'encounter',
  'procedure',
  'condition',
  'medication',
  'allergy',
  'family-history',
] as const
