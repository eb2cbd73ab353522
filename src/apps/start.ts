import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { House } from '../platform/context/house.ts'
import type { Room } from '../platform/context/room.ts'
import { APPLICATION_ROLE, pendingMigrations, readMigrations } from '../platform/database/migrate.ts'
import { createServer } from '../platform/http/server.ts'
import { servePages, serveSite } from '../platform/http/static.ts'
import { createLogger, type Logger } from '../platform/log.ts'
import type { StandInUrls } from '../platform/stand-in.ts'
import { startMailIntake } from '../rooms/mail-report/server/index.ts'
import { startAudioSocket } from '../rooms/recording/server/index.ts'
import { startIntake } from '../rooms/report-intake/server/index.ts'
import { authenticateProxy } from '../rooms/family/server/index.ts'
import { authenticatePatient } from '../rooms/patient-access/server/index.ts'
import { authenticate } from '../rooms/staff/server/index.ts'
import { assemble } from './assemble.ts'
import { readKey, type Config } from './config.ts'
import { openDatabase, upgrade } from './open-database.ts'
import { migrationFolders } from './rooms.ts'
import { lacksDemonstration, loadDemonstration } from './demo/in-a-child.ts'
import { runStandIns } from './demo/stand-ins.ts'
import { startWorker, type Worker } from './worker.ts'
import { VERSION } from './version.ts'

/** Where `vite build` puts the pages of staff. */
const STAFF_WEB = join(import.meta.dirname, '../../dist/staff')
const PATIENT_WEB = join(import.meta.dirname, '../../dist/patient')
/** Links of questionnaires, and 我的健康. */
export const PATIENT_SITE = { prefixes: ['fill', 'my', 'kiosk'], assets: 'p' }

export interface Running {
  house: House
  rooms: readonly Room[]
  url: string
  databaseUrl: string
  stop(): Promise<void>
}

export interface StartOptions {
  web: boolean
  worker: boolean
  log?: Logger
  /** Asks a start that is under way to give up: what it has opened is closed again, and it throws the reason. */
  signal?: AbortSignal
}

/** Starts what is asked for in this process: database, schema, web, worker. Stops in the opposite order. */
export async function start(config: Config, options: StartOptions): Promise<Running> {
  const log = options.log ?? createLogger({ level: config.logLevel })
  const closing: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).toReversed()) await close()
  }
  try {
    const standIns: StandInUrls = {}
    const database = await openDatabase(config, log)
    closing.push(() => database.stop())
    await upgrade(database.url, log)
    const assembled = await assemble({
      databaseUrl: database.url,
      role: APPLICATION_ROLE,
      key: readKey(config.dataFolder),
      filesFolder: join(config.dataFolder, 'files'),
      mailFolder: join(config.dataFolder, 'mail'),
      smtpUrl: config.smtpUrl,
      smsUrls: config.smsUrls,
      wechatUrls: config.wechatUrls,
      recogniser: config.recogniser,
      standIns,
      publicUrl: config.publicUrl,
      log,
    })
    const { house, rooms } = assembled
    closing.push(() => assembled.close())
    options.signal?.throwIfAborted()
    if (config.demo && options.web && (await lacksDemonstration(house)))
      await loadDemonstration(house, config, options.signal)
    let worker: Worker | undefined
    if (options.worker) {
      const started = await startWorker(house, rooms)
      worker = started
      closing.push(() => started.stop())
    }
    if (options.web) {
      const close = await listenForReports(config, house, () => worker?.nudgeIntake())
      closing.push(close)
      closing.push(await listenForReturns(config, house))
      closing.push(await listenForCalls(config, house))
      const app = await serve(config, house, rooms, database.url)
      closing.push(() => app.close())
    }
    // Beside whoever sends; they tell what came of it to the web.
    if (config.demo && options.worker)
      closing.push(await runStandIns(house, rooms, { webUrl: fromHere(config), urls: standIns }))
    return { house, rooms, url: config.publicUrl, databaseUrl: database.url, stop }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

/** Where this house is reached from this machine. */
function fromHere({ host, port }: Config): string {
  return `http://${/^(0\.0\.0\.0|::|localhost)?$/.test(host) ? '127.0.0.1' : host}:${port}`
}

/** A port that is taken costs the reports but not the rest of the house: what cannot be sent waits with its sender. */
async function listenForReports(config: Config, house: House, onKept: () => void): Promise<() => Promise<void>> {
  if (config.mllpPort === 0) return async () => {}
  try {
    const tls = config.mllpTls ? { tls: config.mllpTls } : {}
    const intake = await startIntake({ house, port: config.mllpPort, host: config.host, ...tls, onKept })
    return () => intake.close()
  } catch (error) {
    house.log.error(
      { err: error },
      `检验报告端口 ${config.mllpPort} 无法监听，暂不接收 HL7 报告。请换一个 MLLP_PORT 或释放该端口。 ` +
        `Port ${config.mllpPort} for laboratory reports cannot be listened on; no HL7 over MLLP. Choose another MLLP_PORT or free it.`,
    )
    return async () => {}
  }
}

/** The same: who brings a bounce tries again for days. */
async function listenForReturns(config: Config, house: House): Promise<() => Promise<void>> {
  if (config.mailPort === 0) return async () => {}
  try {
    const intake = await startMailIntake({ house, port: config.mailPort, host: config.host })
    return () => intake.close()
  } catch (error) {
    house.log.error(
      { err: error },
      `退信端口 ${config.mailPort} 无法监听，暂不接收退信与投诉。请换一个 MAIL_PORT 或释放该端口。 ` +
        `Port ${config.mailPort} for bounces cannot be listened on; none are taken in. Choose another MAIL_PORT or free it.`,
    )
    return async () => {}
  }
}

/** The same: an exchange that finds nobody lets the call go on, unrecorded. */
async function listenForCalls({ audioSocket }: Config, house: House): Promise<() => Promise<void>> {
  if (audioSocket.port === 0) return async () => {}
  try {
    const calls = await startAudioSocket({ house, ...audioSocket })
    return () => calls.close()
  } catch (error) {
    house.log.error(
      { err: error },
      `通话录音端口 ${audioSocket.port} 无法监听，交换机送来的声音收不到。请换一个 AUDIOSOCKET_PORT 或释放该端口。 ` +
        `Port ${audioSocket.port} for calls of the telephone exchange cannot be listened on; none are taken in. Choose another AUDIOSOCKET_PORT or free it.`,
    )
    return async () => {}
  }
}

async function serve(
  config: Config,
  house: House,
  rooms: readonly Room[],
  databaseUrl: string,
): Promise<FastifyInstance> {
  const migrations = readMigrations(migrationFolders)
  let current = false
  const app = await createServer({
    house,
    routes: rooms.flatMap((room) => room.routes ?? []),
    authenticate: (request) => authenticate(house, request),
    authenticatePatient: (request) => authenticatePatient(house, request),
    authenticateProxy: (request) => authenticateProxy(house, request),
    ready: async () => {
      current ||= (await pendingMigrations(databaseUrl, migrations)).length === 0
      await house.databases.pool.query('select 1')
      return current
    },
    version: VERSION,
  })
  if (await servePages(app, STAFF_WEB)) serveSite(app, PATIENT_WEB, PATIENT_SITE)
  await app.listen({ port: config.port, host: config.host })
  return app
}
