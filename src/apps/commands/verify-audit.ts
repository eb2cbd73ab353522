import { join } from 'node:path'
import { assemble } from '../assemble.ts'
import { readConfig, readKey } from '../config.ts'
import { openDatabase } from '../open-database.ts'
import { APPLICATION_ROLE } from '../../platform/database/migrate.ts'
import { createLogger } from '../../platform/log.ts'
import { verifyChain } from '../../rooms/audit/server/index.ts'
import { CommandRefused, type Command } from './command.ts'

/** Recomputes the audit chain of each organization; ends with 1 when one is broken, so that a timer can watch it. */
export const verifyAuditCommand: Command = {
  name: 'verify-audit',
  usage: 'verify-audit',
  zh: '核对审计日志的链条是否完整',
  en: 'check that the audit log is whole and unchanged',
  async run() {
    const config = readConfig()
    const log = createLogger({ level: 'warn' })
    const database = await openDatabase(config, log)
    const filesFolder = join(config.dataFolder, 'files')
    const { house, close } = await assemble({ databaseUrl: database.url, role: APPLICATION_ROLE, key: readKey(config.dataFolder), filesFolder, log, poolMax: 2 })
    try {
      let broken = 0
      for (const tenant of await house.tenants()) {
        const { isWhole, links, faults, end } = await verifyChain(house, tenant.id)
        const state = isWhole ? '完整 whole' : '有问题 BROKEN'
        console.log(`${tenant.name}: ${state}, ${links} 条 entries, 链尾 end ${end ? `${end.sequence}:${end.hash}` : '-'}`)
        for (const { kind, sequence, entryId } of faults) console.log(`  ${kind} ${sequence ?? '-'} ${entryId ?? ''}`)
        if (!isWhole) broken += 1
      }
      if (broken > 0) throw new CommandRefused(`${broken} 个机构的审计日志有问题。 The audit log of ${broken} organization(s) is broken.`)
    } finally {
      await close()
      await database.stop()
    }
  },
}
