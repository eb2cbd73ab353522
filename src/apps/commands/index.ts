import { backupCommand, restoreCommand } from './backup.ts'
import { checkCommand } from './check.ts'
import { clinicalCommand } from './clinical.ts'
import type { Command } from './command.ts'
import { demoCommand } from './demo.ts'
import { importCommand } from './import.ts'
import { migrateCommand } from './migrate.ts'
import { reportCommand } from './report.ts'
import { smsStandInCommand } from './sms-stand-in.ts'
import { startCommand, workerCommand } from './start.ts'
import { unclaimedCommand } from './unclaimed.ts'
import { userCommand } from './user.ts'
import { verifyAuditCommand } from './verify-audit.ts'
import { wechatStandInCommand, wecomStandInCommand } from './wechat-stand-in.ts'

export const COMMANDS: readonly Command[] = [
  startCommand,
  workerCommand,
  migrateCommand,
  demoCommand,
  importCommand,
  reportCommand,
  clinicalCommand,
  backupCommand,
  restoreCommand,
  userCommand,
  checkCommand,
  unclaimedCommand,
  verifyAuditCommand,
  smsStandInCommand,
  wechatStandInCommand,
  wecomStandInCommand,
]

export function helpText(): string {
  return ['peiban COMMAND', '', ...COMMANDS.flatMap((c) => [`  ${c.usage}`, `      ${c.zh} · ${c.en}`])].join('\n')
}
