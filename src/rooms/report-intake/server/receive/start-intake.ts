import { readFileSync } from 'node:fs'
import type { TlsOptions } from 'node:tls'
import type { House } from '../../../../platform/context/house.ts'
import { answerTooLarge } from '../hl7/ack.ts'
import { plainText } from '../plain-text.ts'
import { DEFAULT_RULE, sourceDirectory } from '../source-rule.ts'
import type { SourceDirectory } from '../source-rule.ts'
import { startMllpServer } from '../wire/mllp.ts'
import type { MllpServer, Peer, WireEvent } from '../wire/mllp.ts'
import { controlId, openFrame, receiveFrame, refuseFrame } from './hl7.ts'
import { createReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'
import type { Received } from './received.ts'
import { NOBODY, unclaimedRow } from './unclaimed.ts'

export interface IntakeOptions {
  house: House
  port: number
  host?: string
  /** PEM files; without them connections are plain. */
  tls?: { certFile: string; keyFile: string } | TlsOptions
  /** Called after something was kept, so that a worker beside it need not wait for its next look. */
  onKept?: () => void
  limitBytes?: number
}

export interface RunningIntake {
  port: number
  connections(): number
  close(): Promise<void>
}

/** Listens for HL7 v2 over MLLP: each message is kept, committed, and only then acknowledged. */
export async function startIntake(options: IntakeOptions): Promise<RunningIntake> {
  const { house, port, host = '0.0.0.0', limitBytes, onKept = () => {} } = options
  const receiver = createReceiver(house)
  const directory = sourceDirectory(house)
  const leftovers = keepLeftovers(house, receiver, directory)
  const server: MllpServer = await startMllpServer({
    host,
    port,
    ...(limitBytes ? { limitBytes } : {}),
    ...(options.tls ? { tls: tlsOf(options.tls) } : {}),
    handler: async (bytes, peer) => {
      const answer = await takeFrame(house, receiver, directory, bytes, peer)
      onKept()
      return answer
    },
    refuseTooLarge: (head, _peer, limit) =>
      answerTooLarge(head, limit, { nextId: () => controlId(house), at: house.clock.now() }),
    report: leftovers.report,
  })
  return {
    port: server.port,
    connections: server.connections,
    async close() {
      await server.close()
      await leftovers.settled()
      await receiver.settled()
    },
  }
}

function tlsOf(tls: NonNullable<IntakeOptions['tls']>): TlsOptions {
  if (!('certFile' in tls)) return tls as TlsOptions
  return { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }
}

async function takeFrame(
  house: House,
  receiver: Receiver,
  directory: SourceDirectory,
  bytes: Buffer,
  peer: Peer,
): Promise<Buffer> {
  const incoming = openFrame(bytes, peer.address)
  let rule = DEFAULT_RULE
  try {
    const found = await directory.find(incoming.sender)
    if (!found) {
      await receiver.keep(unclaimedRow(house, incoming, rule))
      house.log.warn(
        { sender: incoming.sender },
        'a message of a sender that no organization has registered was kept aside; see `peiban unclaimed`',
      )
      return refuseFrame(house, incoming, rule, 'unknown-sender', incoming.sender.sending || '?')
    }
    rule = found.rule
    const { row, answer } = receiveFrame(house, incoming, { organizationId: found.tenant.id, rule, channel: 'mllp' })
    await receiver.keep(row)
    return answer
  } catch (error) {
    house.log.error({ err: error }, 'a message could not be kept; the sender is asked to send it again')
    return refuseFrame(house, incoming, rule, 'cannot-store')
  }
}

/** Per connection; a port scanner must not fill the database. */
const NOISE_KEPT = 20
const NOISE_BYTES = 4096

/** Keeps the bytes that no handler saw: broken-off frames, noise, the beginning of what was too large. */
function keepLeftovers(house: House, receiver: Receiver, directory: SourceDirectory) {
  const counts = new Map<number, number>()
  const pending = new Set<Promise<void>>()
  const keep = async (event: Extract<WireEvent, { bytes: Buffer }>): Promise<void> => {
    const { sender, frame } = openFrame(event.bytes, event.peer.address)
    const found = await directory.find(sender)
    // Bytes outside of any message and of nobody known are noise in every sense.
    if (!found && event.kind === 'noise') return
    const row: Received = {
      id: house.ids.next(),
      organizationId: found?.tenant.id ?? NOBODY,
      channel: 'mllp',
      format: 'bytes',
      source: plainText(sender.sending || sender.address),
      peer: sender.address,
      messageType: plainText(frame.messages[0]?.type ?? '').slice(0, 40),
      controlId: plainText(frame.messages[0]?.controlId ?? '').slice(0, 200),
      answer: event.kind === 'too-large' ? 'AR' : '',
      bytes: event.kind === 'noise' ? event.bytes.subarray(0, NOISE_BYTES) : event.bytes,
      state: event.kind === 'too-large' ? 'refused' : 'set-aside',
      reason: event.kind,
      detail: null,
    }
    await receiver.keep(row)
  }
  return {
    report(event: WireEvent): void {
      if (event.kind === 'fault') house.log.warn({ err: event.error, peer: event.peer?.address }, 'MLLP connection')
      if (event.kind === 'closed') counts.delete(event.peer.connection)
      if (!('bytes' in event)) return
      const { connection } = event.peer
      const count = (counts.get(connection) ?? 0) + 1
      counts.set(connection, count)
      if (event.kind === 'noise' && count > NOISE_KEPT) return
      const work = keep(event)
        .catch((error: unknown) =>
          house.log.error({ err: error, kind: event.kind }, 'bytes outside of a message could not be kept'),
        )
        .finally(() => pending.delete(work))
      pending.add(work)
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
