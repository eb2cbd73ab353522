#!/usr/bin/env node
import type { Problem } from '../platform/contract/index.ts'
import type { Command } from './commands/command.ts'

/** `peiban COMMAND …`: see `peiban help`. Exits 0 when done, 1 when refused or failed, 2 when not understood. */
const [name = 'help', ...rest] = process.argv.slice(2)
const command = await commandOf(name)

if (name === 'help' || name === '--help' || name === '-h') {
  console.log(await help())
} else if (!command) {
  console.error(`没有 ${name} 这个命令。 There is no command ${name}.\n\n${await help()}`)
  process.exitCode = 2
} else {
  try {
    await command.run(rest)
  } catch (error) {
    console.error(await explain(error))
    process.exitCode = 1
  }
}

/** Computing an instrument must not wait for all rooms to be loaded: a table of a thousand lines is done before that. */
async function commandOf(wanted: string): Promise<Command | undefined> {
  if (wanted === 'clinical') return (await import('./commands/clinical.ts')).clinicalCommand
  return (await import('./commands/index.ts')).COMMANDS.find((one) => one.name === wanted)
}

async function help(): Promise<string> {
  return (await import('./commands/index.ts')).helpText()
}

async function explain(error: unknown): Promise<string> {
  const refusals = ['ConfigurationError', 'StartRefused', 'MigrationRefused', 'CommandRefused']
  if (refusals.includes((error as Error).name)) return (error as Error).message
  if ((error as Error).name === 'Problem') return explainProblem(error as Problem)
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `端口被占用：${message}。请换一个 PORT，或先停掉占用它的程序。\nThe port is taken: ${message}. Choose another PORT, or stop the program that holds it.`
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `${message}\n\n${await help()}`
  return stack ?? String(error)
}

async function explainProblem({ code, values }: Problem): Promise<string> {
  const { createTranslator, readLocales } = await import('../platform/i18n/translator.ts')
  const { localeFolders } = await import('./rooms.ts')
  const translate = createTranslator(readLocales(localeFolders))
  return `${translate.problem('zh-CN', code, values)}\n${translate.problem('en', code, values)}`
}
