import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { systemActor } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { readReturnAddress, type ReturnedTo } from '../../mail-domain/server/index.ts'
import { REPORT_BYTES } from '../contract/mail-report.ts'
import { countOpenUnproven } from './store.ts'
import { takeReport } from './take.ts'

export interface MailIntake {
  port: number
  close(): Promise<void>
}

const received = counter('peiban_mail_reports_total', 'Mails taken in at the return address, by what became of them', [
  'state',
])

/** One mail goes to one return address; whoever names many is up to something else. */
const RECIPIENTS_MAX = 5
const CLIENTS_MAX = 40
/** So much that proves nothing is kept for people to look at; after that its sender is asked to wait. */
const UNPROVEN_MAX = 500

/**
 * The receiving end for bounces and complaints: takes mails for return and complaint addresses of ours and for nothing
 * else, and answers yes after the commit. Relays nothing, knows no logins.
 */
export async function startMailIntake(options: { house: House; port: number; host: string }): Promise<MailIntake> {
  const { house } = options
  const server = new SMTPServer({
    name: 'peiban',
    banner: 'Peiban takes bounces and complaints',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: REPORT_BYTES,
    maxClients: CLIENTS_MAX,
    socketTimeout: 60_000,
    closeTimeout: 5000,
    logger: false,
    onRcptTo: ({ address }, session, done) => {
      admit(house, address, session).then(
        (refusal) => done(refusal),
        (error: unknown) => done(faulty(house, error)),
      )
    },
    onData: (stream, session, done) => {
      takeMail(house, stream, session).then(
        (refusal) => (refusal ? done(refusal) : done(null, 'taken')),
        (error: unknown) => done(faulty(house, error)),
      )
    },
  })
  // A connection that breaks is its sender's business.
  server.on('error', (error) => house.log.debug({ err: error }, 'a connection at the return address broke'))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })

async function admit(house: House, address: string, session: SMTPServerSession): Promise<Error | undefined> {
  if (session.envelope.rcptTo.length >= RECIPIENTS_MAX) return answer(452, '4.5.3 too many recipients')
  const to = await readReturnAddress(house, address)
  if (!to) return answer(550, '5.1.1 no such address here')
  if (to.messageId === null && (await isCrowded(house, to))) return answer(452, '4.2.2 too much waits to be looked at')
  return undefined
}

async function isCrowded({ databases }: House, { organizationId }: ReturnedTo): Promise<boolean> {
  return (await countOpenUnproven(databases.of(organizationId), organizationId)) >= UNPROVEN_MAX
}

async function takeMail(
  house: House,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Error | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    length += (chunk as Buffer).length
    // Read to its end all the same: the answer comes after the dot.
    if (length <= REPORT_BYTES) chunks.push(chunk as Buffer)
  }
  if (length > REPORT_BYTES) return answer(552, '5.3.4 too long')
  const raw = Buffer.concat(chunks)
  for (const { address } of session.envelope.rcptTo) {
    const to = await readReturnAddress(house, address)
    if (!to) continue
    const tenant = await house.tenant(to.organizationId)
    const actor = systemActor(tenant.id, 'mail-report/smtp')
    const taken = await write(house, { tenant, actor }, (ctx) => takeReport(ctx, { raw, way: 'smtp', to: address }))
    received.inc({ state: taken.isNew ? taken.state : 'known' })
  }
  return undefined
}

/** Its sender tries again later: nothing is lost by it. */
function faulty({ log }: House, error: unknown): Error {
  log.error({ err: error as Error }, 'a mail at the return address could not be taken')
  return answer(451, '4.3.0 try again later')
}
