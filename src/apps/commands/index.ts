import type { Command } from './command.ts'
import { demoCommand } from './demo.ts'
import { migrateCommand } from './migrate.ts'
import { startCommand, workerCommand } from './start.ts'

export const COMMANDS: readonly Command[] = [startCommand, workerCommand, migrateCommand, demoCommand]

export function helpText(): string {
  const width = Math.max(...COMMANDS.map((c) => c.usage.length))
  return ['peiban COMMAND', '', ...COMMANDS.map((c) => `  ${c.usage.padEnd(width)}  ${c.zh} · ${c.en}`)].join('\n')
}
