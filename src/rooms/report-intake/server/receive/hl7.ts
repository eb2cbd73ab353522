import type { House } from '../../../../platform/context/house.ts'
import { answerFrame } from '../hl7/ack.ts'
import { refuse } from '../hl7/outcome.ts'
import type { Hl7Outcome, RefusalCode } from '../hl7/outcome.ts'
import type { Hl7Message } from '../hl7/parse.ts'
import { readFrame } from '../hl7/read-message.ts'
import type { ReadFrame, ReadMessage } from '../hl7/read-message.ts'
import { sourceSystemOf } from '../hl7/read-report.ts'
import { plainText } from '../plain-text.ts'
import type { Sender, SourceRule } from '../source-rule.ts'
import type { IntakeDetail, Received } from './received.ts'

/** A frame that was read for its answer. */
export interface IncomingFrame {
  bytes: Buffer
  frame: ReadFrame
  sender: Sender
}

export function openFrame(bytes: Buffer, address: string): IncomingFrame {
  const frame = readFrame(bytes, { zone: 'Asia/Shanghai', outcomeOnly: true })
  const header = frame.messages.find((read) => read.message)?.message?.header
  return {
    bytes,
    frame,
    sender: { sending: header ? sourceSystemOf(header) : '', receiving: receiverOf(header), address },
  }
}

function receiverOf(header: Hl7Message['header'] | undefined): string {
  return header ? [header.first(5), header.first(6)].filter(Boolean).join('/') : ''
}

/** Messages that say of themselves (MSH-11) that they are no real patient's are set aside unless the sender is being tried out. */
export function withTestsSetAside(frame: ReadFrame, rule: SourceRule): ReadFrame {
  if (rule.testMessages === 'accept') return frame
  return {
    ...frame,
    messages: frame.messages.map((read) =>
      isTest(read) ? { ...read, outcome: { kind: 'set-aside', reason: 'test-message' } } : read,
    ),
  }
}

/** HL7 table 0103: D debugging, T training. */
function isTest({ outcome, message }: ReadMessage): boolean {
  return isToFile(outcome) && /^[DT]$/.test(message?.header.first(11) ?? '')
}

/** What is kept of a frame, and what is answered once it is. */
export function receiveFrame(
  house: House,
  incoming: IncomingFrame,
  to: { organizationId: string; rule: SourceRule; channel: Received['channel'] },
): { row: Received; answer: Buffer } {
  const frame = withTestsSetAside(incoming.frame, to.rule)
  const [first] = frame.messages
  const answer = answerOf(house, frame, to.rule)
  return {
    answer,
    row: {
      id: house.ids.next(),
      organizationId: to.organizationId,
      channel: to.channel,
      format: 'hl7',
      source: plainText(incoming.sender.sending || incoming.sender.address),
      peer: incoming.sender.address,
      messageType: plainText(first?.type ?? '').slice(0, 40),
      controlId: plainText(first?.controlId ?? '').slice(0, 200),
      answer: /\rMSA.(\w\w)/.exec(answer.toString('latin1'))?.[1] ?? '',
      bytes: incoming.bytes,
      ...standingOf(frame),
    },
  }
}

export function answerOf(house: House, frame: ReadFrame, rule: SourceRule): Buffer {
  return answerFrame(frame, { nextId: () => controlId(house), at: house.clock.now(), mode: rule.ackMode })
}

/** The same refusal for every message of a frame. */
export function refuseFrame(
  house: House,
  { frame }: IncomingFrame,
  rule: SourceRule,
  code: RefusalCode,
  found = '',
): Buffer {
  const outcome = refuse(code, undefined, found)
  return answerOf(house, { ...frame, messages: frame.messages.map((read) => ({ ...read, outcome })) }, rule)
}

/** MSH-10 holds at most 20 characters before version 2.7. */
export function controlId(house: House): string {
  return `PB${house.ids.next().replaceAll('-', '').slice(-18)}`
}

const isToFile = ({ kind }: Hl7Outcome) => kind === 'reports' || kind === 'patient' || kind === 'appointment'

/** A frame with anything in it to file waits to be read; otherwise its first trouble is its state. */
export function standingOf({ messages }: ReadFrame): Pick<Received, 'state' | 'reason' | 'detail'> {
  if (messages.some(({ outcome }) => isToFile(outcome)))
    return { state: 'received', reason: '', detail: null }
  const refused = messages.map((read) => read.outcome).find((outcome) => outcome.kind === 'refused')
  if (refused) {
    const detail: IntakeDetail = { text: { zh: plainText(refused.reason.zh), en: plainText(refused.reason.en) } }
    if (refused.location) detail.location = refused.location
    return { state: 'refused', reason: refused.code, detail }
  }
  const aside = messages[0]?.outcome
  return { state: 'set-aside', reason: aside?.kind === 'set-aside' ? aside.reason : '', detail: null }
}
