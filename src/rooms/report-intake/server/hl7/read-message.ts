import { decode } from './charset.ts'
import type { Decoded } from './charset.ts'
import { refuse } from './outcome.ts'
import type { Hl7Outcome } from './outcome.ts'
import { parseFrame } from './parse.ts'
import type { Hl7Message } from './parse.ts'
import { readAppointment } from './read-appointment.ts'
import { readDocument } from './read-document.ts'
import { readPatient } from './read-patient.ts'
import { readReports } from './read-report.ts'

export type ReadOptions = {
  /** IANA name or offset for times without one. */
  zone: string
  /**
   * Only what the answer needs: kinds and refusals are as in a full reading, reports are empty. For receiving, where
   * the sender waits.
   */
  outcomeOnly?: boolean
}

export type ReadMessage = {
  outcome: Hl7Outcome
  /** `ORU^R01`; empty when the message does not say. */
  type: string
  /** MSH-10. */
  controlId: string
  /** Undefined when no header was found. */
  message?: Hl7Message
}

export type ReadFrame = { messages: ReadMessage[]; charset: Decoded['charset']; damaged: boolean }

/**
 * Reads all messages of one frame (or HTTP body). There is always at least one, each with exactly one outcome;
 * no input makes it throw.
 */
export function readFrame(bytes: Buffer, options: ReadOptions = { zone: 'Asia/Shanghai' }): ReadFrame {
  const { text, charset, damaged } = decode(bytes)
  const messages = parseFrame(text).map((message) => readMessage(message, options))
  if (messages.length === 0)
    messages.push({ outcome: refuse('no-header', { segment: 'MSH' }), type: '', controlId: '' })
  return { messages, charset, damaged }
}

const RESULT_EVENTS = new Set(['ORU^R01', 'ORU^R30', 'ORU^R31', 'ORU^R32', 'OUL^R21', 'OUL^R22', 'OUL^R23', 'OUL^R24'])
const PATIENT_EVENTS = new Set(['ADT^A01', 'ADT^A04', 'ADT^A08', 'ADT^A28', 'ADT^A31'])

const SCHEDULE_EVENTS = new Set(['SIU^S12', 'SIU^S13', 'SIU^S14', 'SIU^S15', 'SIU^S26'])

/** What one message says and what becomes of it. */
export function readMessage(message: Hl7Message, options: ReadOptions): ReadMessage {
  const type = typeOf(message)
  const read = { type, controlId: message.header.text(10), message }
  try {
    return { ...read, outcome: outcomeOf(message, type, options) }
  } catch {
    // A fault of ours must cost the sender nothing: the original is kept and read again once it is mended.
    return { ...read, outcome: refuse('unreadable') }
  }
}

/** MSH-9 as `type^event`; where the event is missing it is taken from the structure (`ORU^^ORU_R01`) or is R01. */
function typeOf({ header }: Hl7Message): string {
  const [code = '', event = '', structure = ''] = header.components(header.repetitions(9)[0] ?? '')
  const [type = '', joined = ''] = code.toUpperCase().split('_')
  const trigger = event.toUpperCase() || joined || structure.toUpperCase().split('_')[1] || ''
  if (type === '') return ''
  if (trigger === '') return type === 'ORU' ? 'ORU^R01' : type
  return `${type}^${trigger}`
}

function outcomeOf(message: Hl7Message, type: string, options: ReadOptions): Hl7Outcome {
  const { zone } = options
  const kind = type.split('^', 1)[0]
  if (type === '') return refuse('no-type', { segment: 'MSH', field: 9 })
  if (kind === 'ACK' || type === 'MCF') return { kind: 'set-aside', reason: 'acknowledgement' }
  if (RESULT_EVENTS.has(type)) return resultOutcome(message, type, options)
  if (PATIENT_EVENTS.has(type)) return patientOutcome(message, type)
  if (SCHEDULE_EVENTS.has(type)) return scheduleOutcome(message, type, options)
  if (type === 'MDM^T02') {
    if (!hasSegment(message, 'PID')) return refuse('no-patient', { segment: 'PID' })
    const report = readDocument(message, zone)
    return report ? { kind: 'reports', reports: [report] } : refuse('no-document', { segment: 'OBX' })
  }
  if (kind === 'ORU' || kind === 'OUL' || kind === 'MDM' || kind === 'ADT' || kind === 'SIU') {
    return refuse('unsupported-event', { segment: 'MSH', field: 9, component: 2 }, type)
  }
  return refuse('unsupported-type', { segment: 'MSH', field: 9, component: 1 }, type)
}

function resultOutcome(message: Hl7Message, type: string, { zone, outcomeOnly }: ReadOptions): Hl7Outcome {
  const pid = message.segments.find((segment) => segment.name === 'PID')
  const hasPerson = pid !== undefined && [2, 3, 4, 5, 19].some((field) => pid.text(field) !== '')
  if (!hasPerson && isQualityControl(message)) return { kind: 'set-aside', reason: 'quality-control' }
  // Without an order or a result there is no report; a full reading makes at least one of any of them.
  if (!hasSegment(message, 'OBR') && !hasSegment(message, 'OBX')) return refuse('no-results', { segment: 'OBR' })
  const reports = outcomeOnly
    ? []
    : readReports(message, { zone, specimenFirst: type === 'OUL^R22' || type === 'OUL^R23' })
  return pid ? { kind: 'reports', reports } : { kind: 'set-aside', reason: 'no-patient' }
}

/** Analysers mark control samples by MSH-16 = 2; the standard by the specimen's role Q (SPM-11, HL7 table 0369). */
function isQualityControl({ header, segments }: Hl7Message): boolean {
  return header.text(16) === '2' || segments.some((segment) => segment.name === 'SPM' && segment.first(11) === 'Q')
}

function patientOutcome(message: Hl7Message, type: string): Hl7Outcome {
  const pid = message.segments.find((segment) => segment.name === 'PID')
  if (!pid) return refuse('no-patient', { segment: 'PID' })
  return { kind: 'patient', patient: readPatient(pid), event: type.slice(4) }
}

function scheduleOutcome(message: Hl7Message, type: string, { zone }: ReadOptions): Hl7Outcome {
  const pid = message.segments.find((segment) => segment.name === 'PID')
  if (!pid) return refuse('no-patient', { segment: 'PID' })
  const read = readAppointment(message, pid, { event: type.slice(4), zone })
  if (typeof read !== 'string') return { kind: 'appointment', appointment: read }
  return refuse(read, { segment: 'SCH', field: read === 'no-appointment' ? 2 : 11 })
}

function hasSegment(message: Hl7Message, name: string): boolean {
  return message.segments.some((segment) => segment.name === name)
}
