import { addMonths, dateIn } from '../../../../platform/clock.ts'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import shipped from '../../content/classes.json' with { type: 'json' }
import { CLASSES, type RecordingClass } from '../../contract/words.ts'

export interface ClassRule {
  code: RecordingClass
  enabled: boolean
  keepMonths: number
  minMonths: number
  source: Bilingual
}

/** What an organization has set, by class; anything else is as shipped. */
export type ClassChanges = Partial<Record<RecordingClass, { enabled?: boolean; keepMonths?: number }>>

/** The classes as they count now. A period that the law has lengthened since counts, whatever was set before. */
export function classRules(changes: ClassChanges = {}): ClassRule[] {
  return CLASSES.map((code) => {
    const { keepMonths, minMonths, source } = shipped.classes.find((one) => one.code === code)!
    const set = changes[code] ?? {}
    return {
      code,
      enabled: set.enabled ?? true,
      keepMonths: Math.max(minMonths, set.keepMonths ?? keepMonths),
      minMonths,
      source,
    }
  })
}

/** The last day a recording is kept. */
export function keptUntil(begunAt: Date, keepMonths: number, timeZone: string): string {
  return addMonths(dateIn(begunAt, timeZone), keepMonths)
}

/** Recordings that were begun before this day have been kept long enough. */
export function overBefore(today: string, keepMonths: number): string {
  return addMonths(today, -keepMonths)
}
