import { join } from 'node:path'
import { factBook } from '../platform/condition/book.ts'
import { conditionRoutes } from '../platform/condition/routes.ts'
import { wakeListeners } from '../platform/condition/wake.ts'
import { readLocales, createTranslator } from '../platform/i18n/translator.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import type { Tenant } from '../platform/context/context.ts'
import type { House } from '../platform/context/house.ts'
import type { Room } from '../platform/context/room.ts'
import { createDatabases, createPool } from '../platform/database/database.ts'
import { openFileStore } from '../platform/files/file-store.ts'
import { uuidV7Ids, type Ids } from '../platform/ids.ts'
import { openJobQueue } from '../platform/jobs/queue.ts'
import type { Logger } from '../platform/log.ts'
import type { PaceLimits } from '../platform/mail/pace/provider.ts'
import { openMail } from '../platform/mail/open-mail.ts'
import { outboxTransport } from '../platform/mail/transport.ts'
import { txtLookup } from '../platform/mail/txt-lookup.ts'
import { createSealer } from '../platform/pii/sealer.ts'
import { openSentTail } from '../platform/sent/tail.ts'
import { openRecogniser, type RecogniserSettings } from '../platform/speech/recogniser.ts'
import type { SmsProviderName } from '../platform/sms/provider.ts'
import { smsProviders } from '../platform/sms/open.ts'
import type { StandInUrls } from '../platform/stand-in.ts'
import { wechatClients, type WeChatUrls } from '../platform/wechat/open.ts'
import { wake } from '../rooms/agenda/server/index.ts'
import { recordAudit } from '../rooms/audit/server/index.ts'
import { findTenants } from '../rooms/organization/server/index.ts'
import { loadRooms, localeFolders } from './rooms.ts'

export interface AssembleOptions {
  databaseUrl: string
  /** The role to work as; undefined works as the owner, without the second wall. */
  role?: string | undefined
  key: Buffer
  filesFolder: string
  smtpUrl?: string | undefined
  /** Where the sender keeps its journal; beside the files where none is named. */
  mailFolder?: string | undefined
  /** How much each provider of mailboxes is given, where that differs from the table. */
  mailLimits?: PaceLimits | undefined
  /** What turns speech into text; none where no address is set. */
  recogniser?: RecogniserSettings | undefined
  /** Where short messages go instead of to the providers: stand-ins. */
  smsUrls?: Partial<Record<SmsProviderName, string>> | undefined
  /** Where WeChat and WeCom are: stand-ins, likewise. */
  wechatUrls?: Partial<WeChatUrls> | undefined
  /** Where accounts of a demonstration go; filled in once the stand-ins run. */
  standIns?: StandInUrls
  publicUrl?: string
  log: Logger
  clock?: Clock
  ids?: Ids
  poolMax?: number
  /** Creates the job tables; only where the owner's rights are at hand. */
  install?: boolean
}

export interface AssembledHouse {
  house: House
  rooms: readonly Room[]
  close(): Promise<void>
}

/** Puts the house together. The only function that knows how everything is made. */
export async function assemble(options: AssembleOptions): Promise<AssembledHouse> {
  const furnished = await loadRooms()
  const translate = createTranslator(readLocales(localeFolders))
  const facts = factBook(
    furnished.flatMap((room) => room.facts ?? []),
    translate,
    furnished.flatMap((room) => room.asksFor ?? []),
    furnished.flatMap(({ name, factForms }) => (factForms ? [{ room: name, forms: factForms }] : [])),
  )
  const rooms: Room[] = [
    ...furnished,
    {
      name: 'condition',
      routes: conditionRoutes,
      listeners: wakeListeners(facts, (ctx, patientIds, reason) =>
        wake(ctx.tx, ctx.organizationId, patientIds, reason, ctx.clock.now()),
      ),
    },
  ]
  const pool = createPool({ url: options.databaseUrl, role: options.role, max: options.poolMax ?? 16 })
  const databases = createDatabases(pool)
  const clock = options.clock ?? systemClock
  const sealer = createSealer(options.key)
  const { standIns = {} } = options
  const handlers = rooms.flatMap((room) => room.jobs ?? [])
  const jobs = await openJobQueue({ pool, log: options.log, handlers })
  const ids = options.ids ?? uuidV7Ids(clock)
  const mailFolder = options.mailFolder ?? join(options.filesFolder, 'mail')
  const owner = `${process.pid}-${ids.next()}`
  const sent = openSentTail({ folder: join(mailFolder, 'sent'), owner, clock, ids })
  const mail = options.smtpUrl
    ? openMail(options.smtpUrl, {
        clock,
        log: options.log,
        folder: mailFolder,
        owner,
        ...(options.mailLimits ? { limitsOf: () => options.mailLimits! } : {}),
      })
    : outboxTransport()
  const tenants = tenantDirectory(() => findTenants(databases.none), clock)
  const house: House = {
    databases,
    clock,
    ids,
    log: options.log,
    sealer,
    files: openFileStore(options.filesFolder, sealer),
    publicUrl: options.publicUrl ?? 'http://localhost:3000',
    mail,
    lookupTxt: txtLookup(),
    sent,
    ...(options.recogniser ? { recogniser: openRecogniser(options.recogniser) } : {}),
    sms: smsProviders({ clock, standIns, ...(options.smsUrls ? { urls: options.smsUrls } : {}) }),
    wechat: wechatClients({
      databases,
      sealer,
      clock,
      standIns,
      ...(options.wechatUrls ? { urls: options.wechatUrls } : {}),
    }),
    jobs,
    translate,
    facts,
    recordAudit,
    ...tenants,
    listened: new Set(rooms.flatMap((room) => (room.listeners ?? []).map((l) => l.event.name))),
    nudge: () => {},
  }
  const close = async (): Promise<void> => {
    await jobs.stop()
    await mail.close()
    sent.close()
    await databases.close()
  }
  return { house, rooms, close }
}

/**
 * Organizations change a few times a year and are asked for with each call: kept for five seconds, which is also the
 * most by which another process works with an old name or time zone.
 */
function tenantDirectory(read: () => Promise<Tenant[]>, clock: Clock) {
  let known = new Map<string, Tenant>()
  let freshUntil = 0
  const refresh = async (): Promise<Tenant[]> => {
    const until = clock.now().getTime() + TENANTS_KEPT_MS
    const all = await read()
    known = new Map(all.map((tenant) => [tenant.id, tenant]))
    freshUntil = until
    return all
  }
  return {
    tenants: refresh,
    forgetTenants: () => void (freshUntil = 0),
    tenant: async (organizationId: string): Promise<Tenant> => {
      if (!known.has(organizationId) || clock.now().getTime() >= freshUntil) await refresh()
      const tenant = known.get(organizationId)
      if (!tenant) throw new Error('no such organization')
      return tenant
    },
  }
}

const TENANTS_KEPT_MS = 5000
