import { AckJournal } from './journal/ack-journal.ts'
import { dropJournals, isProcessOver, ownersIn, replayJournals } from './journal/replay.ts'
import { Paces } from './pace/paces.ts'
import { readPaces, writePaces } from './pace/paces-file.ts'
import type { PaceLimits, Provider } from './pace/provider.ts'
import { mailOutcomeOf, poolTransport, type PoolTransportOptions } from './pool-transport.ts'
import type { BulkMail, MailTransport } from './transport.ts'

export interface OpenMailOptions extends Omit<PoolTransportOptions, 'journal' | 'paces'> {
  /** Where the journals and the state of the buckets are kept, one for a machine. */
  folder: string
  /** Unlike that of any process before it; begins with the number of the process and `-`: see `ownerOf`. */
  owner: string
  /** How much a provider is given, where that differs from the table. */
  limitsOf?: (provider: Provider) => PaceLimits
}

/** The journal of each mail that nobody answers for in bulk is forgotten once its outcome is told. */
export type OpenedMail = MailTransport & { readonly bulk: BulkMail; close(): Promise<void> }

/**
 * Mails over the server of `SMTP_URL` by our own pool, with a journal and with buckets that outlive the process.
 * @throws TypeError where the address is none
 */
export function openMail(url: string, { folder, owner, limitsOf, ...options }: OpenMailOptions): OpenedMail {
  const journal = new AckJournal({ folder, owner })
  const { clock, log } = options
  const now = (): number => clock.now().getTime()
  const paces = new Paces(readPaces(folder).paces, limitsOf)
  const transport = poolTransport(url, { queueMax: 2000, ...options, journal, paces })
  const savePaces = (): void => {
    try {
      writePaces(folder, owner, paces.save(now()), now())
    } catch (error) {
      // What providers allow is learned anew; it holds up no mail.
      log.warn({ err: error as Error }, 'the buckets of the mail providers cannot be saved')
    }
  }
  const isOver = isProcessOver(owner)
  const bulk: BulkMail = {
    owner,
    deliver: async (mail, deliver) => mailOutcomeOf(await transport.deliver(mail, deliver)),
    room: () => transport.room(),
    forget: (messageIds) => journal.forget(messageIds),
    leftBehind: () =>
      ownersIn(folder)
        .filter(isOver)
        .map((dead) => {
          const replay = replayJournals(folder, (one) => one === dead)
          return { ...replay, owner: dead, drop: () => dropJournals(replay) }
        }),
    savePaces,
  }
  return {
    kind: 'smtp',
    bulk,
    send: async (mail, options) => {
      const outcome = await transport.send(mail, options)
      journal.forget([mail.messageId])
      return outcome
    },
    close: async () => {
      await transport.end()
      journal.close()
      savePaces()
    },
  }
}
