import type { Channel, MessageState } from '../contract/words.ts'

export interface NewMessage {
  patientId: string
  /** Code of a template in force. */
  template: string
  /** What it is about, such as `report:<id>`: the same touch is told once, however often it is asked for. No personal data. */
  touch: string
  /** What the template is filled with; each name is declared by the template. */
  values?: Record<string, string>
  /** Default: now. */
  sendAt?: Date
  /** Not worth sending after this; default: the template's `validDays` after `sendAt`. */
  notAfter?: Date
  /** Whose comparison group counts; the template's by default. */
  campaign?: string
  /** A good wish, whatever its template says of itself. */
  greeting?: boolean
  /** Default: those of the template. */
  channels?: readonly Channel[]
  /** Said by short message to this relative in the person's stead; the touch names them, so that both are told. */
  relative?: { id: string; phone: string }
  /** Which room asks, and its key. */
  source?: string
  sourceKey?: string
}

export interface SentMessage {
  id: string
  patientId: string
  touch: string
  channel: Channel
  state: MessageState
  /** False: the ledger had it already. */
  created: boolean
}
