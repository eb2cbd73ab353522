import { verifyChain } from '../../rooms/audit/server/index.ts'
import { CommandRefused, type Command } from './command.ts'
import { withHouse } from './with-house.ts'

/** Recomputes the audit chain of each organization; ends with 1 when one is broken, so that a timer can watch it. */
export const verifyAuditCommand: Command = {
  name: 'verify-audit',
  usage: 'verify-audit',
  zh: '核对审计日志的链条是否完整',
  en: 'check that the audit log is whole and unchanged',
  async run() {
    await withHouse(async ({ house }) => {
      let broken = 0
      for (const tenant of await house.tenants()) {
        const { isWhole, links, faults, end } = await verifyChain(house, tenant.id)
        const state = isWhole ? '完整 whole' : '有问题 BROKEN'
        console.log(
          `${tenant.name}: ${state}, ${links} 条 entries, 链尾 end ${end ? `${end.sequence}:${end.hash}` : '-'}`,
        )
        for (const { kind, sequence, entryId } of faults) console.log(`  ${kind} ${sequence ?? '-'} ${entryId ?? ''}`)
        if (!isWhole) broken += 1
      }
      if (broken > 0)
        throw new CommandRefused(
          `${broken} 个机构的审计日志有问题。 The audit log of ${broken} organization(s) is broken.`,
        )
    })
  },
}
