import { createLogger } from '../../platform/log.ts'
import { readConfig } from '../config.ts'
import { openDatabase, upgrade } from '../open-database.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate',
  zh: '把数据库升级到当前版本',
  en: 'bring the database to this release',
  async run() {
    const config = readConfig()
    const log = createLogger({ level: config.logLevel })
    const database = await openDatabase(config, log)
    try {
      const run = await upgrade(database.url, log)
      console.log(run.length === 0 ? '已是最新。 Nothing to do.' : run.map((name) => `+ ${name}`).join('\n'))
    } finally {
      await database.stop()
    }
  },
}
