import refusals from '../../content/refusals.json' with { type: 'json' }
import type { IncomingAppointment } from '../incoming-appointment.ts'
import type { IncomingPatient, IncomingReport } from '../incoming.ts'

/** What became of one message. Each is kept in the original; the answer to the sender follows from the kind. */
export type Hl7Outcome =
  | { kind: 'reports'; reports: IncomingReport[] }
  | { kind: 'patient'; patient: IncomingPatient; event: string }
  | { kind: 'appointment'; appointment: IncomingAppointment }
  | { kind: 'set-aside'; reason: SetAsideReason }
  | Refused

/**
 * - `quality-control`: an analyser's control sample, about no person.
 * - `no-patient`: results without a PID that do not say they are control samples; a person has to look.
 * - `acknowledgement`: an answer that came where a message was expected; it is never answered in turn.
 * - `test-message`: MSH-11 says that it is no real patient's.
 */
export type SetAsideReason = 'quality-control' | 'no-patient' | 'acknowledgement' | 'test-message'

export type Refused = {
  kind: 'refused'
  code: RefusalCode
  ackCode: 'AE' | 'AR'
  /** HL7 table 0357. */
  errorCode: string
  reason: { zh: string; en: string }
  location?: Hl7Location
}

/** Where the fault lies, as ERR names it; `field` and `component` count from 1. */
export type Hl7Location = { segment: string; field?: number; component?: number }

export type RefusalCode = keyof typeof refusals

/** A refusal with its texts; `found` fills the place that shows what was met. */
export function refuse(code: RefusalCode, location?: Hl7Location, found = ''): Refused {
  const { ackCode, errorCode, zh, en } = refusals[code]
  const fill = (text: string): string => text.replace(/\{\w+\}/, () => found)
  const refused: Refused = {
    kind: 'refused',
    code,
    ackCode: ackCode as 'AE' | 'AR',
    errorCode,
    reason: { zh: fill(zh), en: fill(en) },
  }
  if (location) refused.location = location
  return refused
}
