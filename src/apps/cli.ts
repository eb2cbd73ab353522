#!/usr/bin/env node
import type { Problem } from '../platform/contract/index.ts'
import { createTranslator, readLocales } from '../platform/i18n/translator.ts'
import { ConfigurationError } from './config.ts'
import { COMMANDS, helpText } from './commands/index.ts'
import { localeFolders } from './rooms.ts'

/** `peiban COMMAND …`: see `peiban help`. Exits 0 when done, 1 when refused or failed, 2 when not understood. */
const [name = 'help', ...rest] = process.argv.slice(2)
const command = COMMANDS.find((c) => c.name === name)

if (name === 'help' || name === '--help' || name === '-h') {
  console.log(helpText())
} else if (!command) {
  console.error(`没有 ${name} 这个命令。 There is no command ${name}.\n\n${helpText()}`)
  process.exitCode = 2
} else {
  try {
    await command.run(rest)
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}

function explain(error: unknown): string {
  const refusals = ['ConfigurationError', 'StartRefused', 'MigrationRefused', 'CommandRefused']
  if (error instanceof ConfigurationError || refusals.includes((error as Error).name)) return (error as Error).message
  if ((error as Error).name === 'Problem') return explainProblem(error as Problem)
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `端口被占用：${message}。请换一个 PORT，或先停掉占用它的程序。\nThe port is taken: ${message}. Choose another PORT, or stop the program that holds it.`
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `${message}\n\n${helpText()}`
  return stack ?? String(error)
}

function explainProblem({ code, values }: Problem): string {
  const translate = createTranslator(readLocales(localeFolders))
  return `${translate.problem('zh-CN', code, values)}\n${translate.problem('en', code, values)}`
}
