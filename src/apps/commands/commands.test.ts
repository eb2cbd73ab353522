import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS, helpText } from './index.ts'

/** `peiban` as it is typed; none of these needs a database. */
function peiban(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../cli.ts'), ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, out: stdout, err: stderr }
}

describe('help', () => {
  const help = helpText()

  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    'says of %s how it is typed and what it does, in both languages',
    (name, { usage, zh, en }) => {
      expect(usage.split(' ')[0]).toBe(name)
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      expect(en).toMatch(/^[A-Za-z][^\u4e00-\u9fff]+$/)
      expect(help).toContain(`  ${usage}\n      ${zh} · ${en}`)
    },
  )

  test('no two commands have one name', () => {
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length)
  })
})

describe('peiban', { timeout: 120_000 }, () => {
  test('shows the help when nothing is asked for', () => {
    expect(peiban()).toEqual({ status: 0, out: `${helpText()}\n`, err: '' })
  })

  test('does not guess: an unknown command ends with 2 and the help', () => {
    const { status, err } = peiban('strat')
    expect(status).toBe(2)
    expect(err).toContain('没有 strat 这个命令。 There is no command strat.')
    expect(err).toContain(helpText())
  })

  test('refuses in one sentence, without a stack', () => {
    expect(peiban('backup')).toEqual({ status: 1, out: '', err: '请给出一个文件名。 Name one file.\n' })
  })
})

test.each([
  ['restore', ['a', 'b'], '请给出一个文件名。 Name one file.'],
  ['user', ['add', 'li'], '请给出 --name 和 --role'],
  ['user', ['add', 'li', '--name', '李', '--role', 'king'], '请给出 --name 和 --role'],
  ['user', [], '用法 usage: peiban user add'],
  ['report', [], '请给出一位客户的病案号'],
])('%s %j is refused before anything is opened', async (name, args, message) => {
  const refused = COMMANDS.find((command) => command.name === name)!.run(args)
  await expect(refused).rejects.toMatchObject({ name: 'CommandRefused', message: expect.stringContaining(message) })
})
