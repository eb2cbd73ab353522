import type { FactBook } from '../condition/book.ts'
import type { Clock } from '../clock.ts'
import type { JobType, PayloadOf } from '../contract/event.ts'
import type { Locale } from '../contract/words.ts'
import { nudgeAfter, nudgesAfter, type Nudge } from '../database/after-commit.ts'
import { isRetryable, type Databases, type Transaction } from '../database/database.ts'
import type { FileStore } from '../files/file-store.ts'
import type { Translator } from '../i18n/translator.ts'
import type { Ids } from '../ids.ts'
import type { JobQueue } from '../jobs/queue.ts'
import type { Logger } from '../log.ts'
import type { MailTransport } from '../mail/transport.ts'
import type { TxtLookup } from '../mail/txt-lookup.ts'
import type { Sealer } from '../pii/sealer.ts'
import type { SentTail } from '../sent/tail.ts'
import type { Recogniser } from '../speech/recogniser.ts'
import type { SmsProviders } from '../sms/open.ts'
import type { WeChatClients } from '../wechat/open.ts'
import type { Actor, AuditNote, EnqueueOptions, ReadContext, RecordAudit, Tenant, WriteContext } from './context.ts'

/** Everything an app puts together once and hands down: the house's mains, water and light. */
export interface House {
  databases: Databases
  clock: Clock
  ids: Ids
  log: Logger
  sealer: Sealer
  files: FileStore
  /** The address patients and staff reach the house at, without a slash at the end: for links and QR codes. */
  publicUrl: string
  mail: MailTransport
  /** Asks the DNS. */
  lookupTxt: TxtLookup
  /** What has left the house, as the data folder remembers it; none where nothing of it is kept. */
  sent?: SentTail
  /** Turns speech into text; none unless the house runs one. */
  recogniser?: Recogniser
  sms: SmsProviders
  wechat: WeChatClients
  jobs: JobQueue
  translate: Translator
  facts: FactBook
  recordAudit: RecordAudit
  tenant(organizationId: string): Promise<Tenant>
  /** All organizations, for work that goes round. */
  tenants(): Promise<Tenant[]>
  /** Has organizations read again: one of them has just changed. Other processes see it within seconds. */
  forgetTenants(): void
  /** Names of the events that somebody listens to; others are not stored. */
  listened: ReadonlySet<string>
  /** Called after a commit that left work behind; the worker sets it, to take it up at once instead of at the next look. */
  nudge(nudge: Nudge): void
}

export interface ContextOptions {
  actor: Actor
  tenant: Tenant
  locale?: Locale
  audit?: AuditNote
  log?: Logger
}

export function readContext(house: House, options: ContextOptions): ReadContext {
  const { actor, tenant } = options
  return {
    db: house.databases.of(tenant.id),
    organizationId: tenant.id,
    tenant,
    actor,
    clock: house.clock,
    today: house.clock.today(tenant.timeZone),
    locale: options.locale ?? tenant.locale,
    log: options.log ?? house.log,
    publicUrl: house.publicUrl,
    sealer: house.sealer,
    facts: house.facts,
    audit: options.audit ?? { detail: {} },
  }
}

/**
 * Runs a use case in one transaction and commits it; tries again when PostgreSQL broke a deadlock or a serialization
 * conflict, since nothing has left the transaction by then. The audit note starts afresh with each try.
 */
export async function write<T>(
  house: House,
  options: ContextOptions,
  use: (ctx: WriteContext) => Promise<T>,
): Promise<T> {
  const audit = options.audit ?? { detail: {} }
  for (let attempt = 1; ; attempt++) {
    let nudges: ReadonlySet<Nudge> = new Set()
    audit.detail = {}
    delete audit.patientId
    delete audit.subjectId
    try {
      const result = await house.databases
        .of(options.tenant.id)
        .transaction()
        .execute(async (tx) => {
          const done = await use(writeContext(house, { ...options, audit }, tx))
          nudges = nudgesAfter(tx)
          return done
        })
      for (const nudge of nudges) house.nudge(nudge)
      return result
    } catch (error) {
      if (!isRetryable(error) || attempt === 4) throw error
    }
  }
}

/** Earlier than anything that waits. */
const URGENT_AT = new Date(0)

function writeContext(house: House, options: ContextOptions, tx: Transaction): WriteContext {
  const emitMany: WriteContext['emitMany'] = async (event, payloads) => {
    if (payloads.length === 0 || !house.listened.has(event.name)) return
    const now = house.clock.now()
    const rows = payloads.map((payload) => ({
      organization_id: options.tenant.id,
      id: house.ids.next(),
      name: event.name,
      payload: JSON.stringify(event.payload.parse(payload)),
      created_at: now,
      // The dispatcher takes the earliest first, and an import of thousands may stand before it.
      next_at: event.urgent ? URGENT_AT : now,
    }))
    for (let at = 0; at < rows.length; at += 1000)
      await tx
        .insertInto('outbox_event')
        .values(rows.slice(at, at + 1000))
        .execute()
    nudgeAfter(tx, 'events')
  }
  return {
    ...readContext(house, options),
    db: tx,
    tx,
    ids: house.ids,
    emit: (event, payload) => emitMany(event, [payload]),
    emitMany,
    enqueue: async <J extends JobType>(job: J, payload: PayloadOf<J>, enqueue: EnqueueOptions = {}) => {
      const envelope = { organizationId: options.tenant.id, payload: job.payload.parse(payload) }
      // Without a key of its own each job is one of its kind.
      await house.jobs.send(tx, job.name, envelope, { ...enqueue, key: enqueue.key ?? house.ids.next() })
    },
  }
}
