import { existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { systemClock } from '../../platform/clock.ts'
import { runningEmbedded } from '../../platform/database/embedded.ts'
import { pendingMigrations, readMigrations } from '../../platform/database/migrate.ts'
import { checkServer } from '../../platform/database/preflight.ts'
import type { HolidayKnowledge } from '../../rooms/message/server/index.ts'
import { readConfig, SETTINGS, type Config } from '../config.ts'
import { migrationFolders } from '../rooms.ts'
import { CommandRefused, type Command } from './command.ts'

interface Line {
  state: 'good' | 'warning' | 'bad'
  text: string
}

export const checkCommand: Command = {
  name: 'check',
  usage: 'check',
  zh: '检查配置、数据库、字体、端口、时钟和磁盘',
  en: 'check configuration, database, fonts, ports, clock and disk',
  async run() {
    console.log('配置 configuration')
    for (const { name, fallback, zh, en } of SETTINGS)
      console.log(`  ${name.padEnd(14)} ${shown(name, process.env[name]) ?? fallback}  · ${zh} · ${en}`)
    const config = readConfig()
    const lines = [
      ...(await checkDatabase(config)),
      ...checkFonts(),
      ...(await checkPorts(config)),
      await checkClock(config),
      await checkHolidays(config),
      checkDisk(config),
      ...(await checkSms(config)),
    ]
    console.log('\n检查 checks')
    for (const { state, text } of lines) console.log(`  ${{ good: '✓', warning: '!', bad: '✗' }[state]} ${text}`)
    const bad = lines.filter((line) => line.state === 'bad').length
    if (bad > 0) throw new CommandRefused(`\n有 ${bad} 项需要处理。 ${bad} item(s) need attention.`)
  },
}

/** Secrets in addresses and keys are not shown. */
function shown(name: string, value: string | undefined): string | undefined {
  if (!value) return undefined
  if (name === 'PEIBAN_KEY') return '(set)'
  return value.replace(/(:\/\/[^:@/]+):[^@/]+@/, '$1:***@')
}

async function checkDatabase(config: Config): Promise<Line[]> {
  const folder = join(config.dataFolder, 'postgresql')
  const url = config.databaseUrl ?? (existsSync(folder) ? runningEmbedded(folder)?.url : undefined)
  if (!url)
    return [{ state: 'good', text: '自带的 PostgreSQL 随陪伴启动 · the embedded PostgreSQL starts with Peiban' }]
  const findings = await checkServer(url)
  if (findings.length > 0) return findings.map(({ zh, en }) => ({ state: 'bad', text: `${zh} · ${en}` }))
  const pending = await pendingMigrations(url, readMigrations(migrationFolders))
  return pending.length === 0
    ? [{ state: 'good', text: '数据库可用，表结构最新 · the database answers and is at this release' }]
    : [
        {
          state: 'warning',
          text: `数据库要升级 ${pending.length} 步，启动时自动进行 · ${pending.length} migration(s) will run at the next start`,
        },
      ]
}

/** By which accounts short messages go, and whether they really leave the house. */
async function checkSms(config: Config): Promise<Line[]> {
  const elsewhere = Object.values(config.smsUrls).filter(Boolean)
  const lines: Line[] = elsewhere.map((url) => ({
    state: 'warning',
    text: `短信发往 ${url}，不是短信服务商 · short messages go to ${url}, not to a provider`,
  }))
  const folder = join(config.dataFolder, 'postgresql')
  const url = config.databaseUrl ?? (existsSync(folder) ? runningEmbedded(folder)?.url : undefined)
  if (!url) return lines
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const { rows } = await client.query<{ count: number }>('select count(*)::int count from sms_account where active')
    const count = rows[0]?.count ?? 0
    const text =
      count === 0
        ? '没有机构接入短信，短信不会发出 · no organization has an SMS account: none are sent'
        : `${count} 家机构已接入短信 · ${count} organization(s) with an SMS account`
    return [...lines, { state: 'good', text }]
  } catch {
    // A database of before this release has no such table; what is wrong with it is said above.
    return lines
  } finally {
    await client.end().catch(() => {})
  }
}

function checkFonts(): Line[] {
  try {
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json')
    return [{ state: 'good', text: '打印字体齐全 · the fonts of printed reports are there' }]
  } catch {
    return [
      {
        state: 'bad',
        text: '缺少打印字体，请重新安装（npm ci）· the fonts of printed reports are missing: run npm ci',
      },
    ]
  }
}

async function checkPorts(config: Config): Promise<Line[]> {
  const { audioSocket } = config
  const ports: [string, number, string][] = [
    ['PORT', config.port, config.host],
    ['MLLP_PORT', config.mllpPort, config.host],
    ['MAIL_PORT', config.mailPort, config.host],
    ['AUDIOSOCKET_PORT', audioSocket.port, audioSocket.host],
  ]
  return Promise.all(
    ports
      .filter(([, port]) => port > 0)
      .map(async ([name, port, host]): Promise<Line> =>
        (await isFree(port, host))
          ? { state: 'good', text: `${name} ${port} 空闲 · is free` }
          : {
              state: 'warning',
              text: `${name} ${port} 已被占用（可能是正在运行的陪伴）· is taken (perhaps by a running Peiban)`,
            },
      ),
  )
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/** This machine's clock against the database's: follow-ups and codes are decided by the first, stored by the second. */
async function checkClock(config: Config): Promise<Line> {
  const now = systemClock.now()
  if (now.getUTCFullYear() < 2026)
    return { state: 'bad', text: `系统时间不对 · the clock is wrong: ${now.toISOString()}` }
  if (!config.databaseUrl) return { state: 'good', text: `系统时间 · clock ${now.toISOString()}` }
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: config.databaseUrl })
  try {
    await client.connect()
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() now')
    const seconds = Math.abs(rows[0]!.now.getTime() - systemClock.now().getTime()) / 1000
    return seconds < 5
      ? { state: 'good', text: '时钟与数据库一致 · the clock agrees with the database' }
      : {
          state: 'bad',
          text: `时钟与数据库相差 ${seconds.toFixed(0)} 秒 · the clock is off from the database by ${seconds.toFixed(0)} s`,
        }
  } catch {
    return { state: 'warning', text: '没有比对到数据库的时间 · the clock of the database could not be read' }
  } finally {
    await client.end().catch(() => {})
  }
}

/** A year whose days off nobody has read in makes promotion stand still (room message). */
async function checkHolidays(config: Config): Promise<Line> {
  const folder = join(config.dataFolder, 'postgresql')
  const url = config.databaseUrl ?? (existsSync(folder) ? runningEmbedded(folder)?.url : undefined)
  const unknown: Line = {
    state: 'warning',
    text: '没有查到节假日表 · the tables of days off could not be read',
  }
  if (!url)
    return { state: 'good', text: '节假日表在启动后检查 · the tables of days off are looked at after the start' }
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  try {
    const { HOLIDAYS_KNOWN, lackingYears } = await import('../../rooms/message/server/index.ts')
    await client.connect()
    const { rows } = await client.query<HolidayKnowledge>(HOLIDAYS_KNOWN)
    const lacking = lackingYears(rows, systemClock.now())
    return lacking.length === 0
      ? { state: 'good', text: '节假日表齐全 · the days off of the years needed are known' }
      : { state: 'warning', text: lacking.join('；') }
  } catch {
    return unknown
  } finally {
    await client.end().catch(() => {})
  }
}

function checkDisk(config: Config): Line {
  const folder = existsSync(config.dataFolder) ? config.dataFolder : '.'
  const { bavail, bsize } = statfsSync(folder)
  const freeGb = (bavail * bsize) / 1e9
  const text = `磁盘剩余 ${freeGb.toFixed(1)} GB · ${freeGb.toFixed(1)} GB of disk free (${config.dataFolder})`
  return { state: freeGb < 1 ? 'bad' : freeGb < 5 ? 'warning' : 'good', text }
}
