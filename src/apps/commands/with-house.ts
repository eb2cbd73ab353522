import { join } from 'node:path'
import type { House } from '../../platform/context/house.ts'
import type { Room } from '../../platform/context/room.ts'
import { APPLICATION_ROLE } from '../../platform/database/migrate.ts'
import { createLogger, type Logger } from '../../platform/log.ts'
import { assemble } from '../assemble.ts'
import { readConfig, readKey, type Config } from '../config.ts'
import { openDatabase, upgrade, type OpenDatabase } from '../open-database.ts'

export interface HouseAtHand {
  house: House
  rooms: readonly Room[]
  database: OpenDatabase
  config: Config
  log: Logger
}

/** Opens the database for one command, on its own or beside a running Peiban, and closes it afterwards. */
export async function withDatabase<T>(use: (at: Omit<HouseAtHand, 'house' | 'rooms'>) => Promise<T>): Promise<T> {
  const config = readConfig()
  const log = createLogger({ level: 'warn', destination: process.stderr })
  const database = await openDatabase(config, log, true)
  try {
    // A server that is already served is at its release's schema; another process is not to change it under it.
    if (database.own || config.databaseUrl) await upgrade(database.url, log)
    return await use({ database, config, log })
  } finally {
    await database.stop()
  }
}

/** The same with the whole house put together. */
export function withHouse<T>(use: (at: HouseAtHand) => Promise<T>): Promise<T> {
  return withDatabase(async ({ database, config, log }) => {
    const { house, rooms, close } = await assemble({
      databaseUrl: database.url,
      role: APPLICATION_ROLE,
      key: readKey(config.dataFolder),
      filesFolder: join(config.dataFolder, 'files'),
      smtpUrl: config.smtpUrl,
      mailFolder: join(config.dataFolder, 'mail'),
      smsUrls: config.smsUrls,
      recogniser: config.recogniser,
      publicUrl: config.publicUrl,
      log,
      poolMax: 4,
    })
    try {
      return await use({ house, rooms, database, config, log })
    } finally {
      await close()
    }
  })
}
