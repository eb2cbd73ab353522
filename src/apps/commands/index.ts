import type { Command } from './command.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { demoCommand } from './demo.ts'
import { migrateCommand } from './migrate.ts'
import { startCommand, workerCommand } from './start.ts'
import { verifyAuditCommand } from './verify-audit.ts'

export const COMMANDS: readonly Command[] = [startCommand, workerCommand, migrateCommand, demoCommand, verifyAuditCommand, backupCommand, restoreCommand]

export function helpText(): string {
  const width = Math.max(...COMMANDS.map((c) => c.usage.length))
  return ['peiban COMMAND', '', ...COMMANDS.map((c) => `  ${c.usage.padEnd(width)}  ${c.zh} · ${c.en}`)].join('\n')
}
