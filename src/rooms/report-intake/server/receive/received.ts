import type { Channel, Format, IntakeState } from '../table.ts'

/** Something that came in, with what is already known of it when it is kept. */
export interface Received {
  id: string
  organizationId: string
  channel: Channel
  format: Format
  /** Who sent it, as it names itself: `LIS/东院`, the name of a key, a file's name. */
  source: string
  /** Network address, or who uploaded it. */
  peer: string
  messageType: string
  controlId: string
  /** The answer's code: AA, AE, AR; empty where none is given. */
  answer: string
  bytes: Uint8Array
  state: Extract<IntakeState, 'received' | 'set-aside' | 'refused'>
  reason: string
  detail: IntakeDetail | null
}

/** What a person needs to mend it, in both languages; never a value of the message. */
export interface IntakeDetail {
  text?: { zh: string; en: string }
  location?: { segment: string; field?: number; component?: number }
  /** Further findings that did not stop it, such as resources that were not read. */
  issues?: { zh: string; en: string; expression?: string }[]
  fault?: string
}
