import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canEnter, findAccount } from './account.ts'
import { letterLocale } from './cluster.ts'
import { explainFileError } from './home.ts'
import { endServer, isRunning, isServerOf, markOf, until } from './process.ts'
import { sentence } from './refusal.ts'
import { asConfiguration, settingsFor } from './settings.ts'

const MB = 1024 * 1024

describe('settings', () => {
  test.each([
    { memory: 1024, shared_buffers: '128MB', effective_cache_size: '512MB' },
    { memory: 3072, shared_buffers: '384MB', effective_cache_size: '1536MB' },
    { memory: 65_536, shared_buffers: '4096MB', effective_cache_size: '32768MB' },
  ])('of a machine with $memory MB', ({ memory, shared_buffers, effective_cache_size }) => {
    expect(settingsFor(memory * MB, undefined, true)).toMatchObject({ shared_buffers, effective_cache_size, fsync: 'on', synchronous_commit: 'on' })
  })

  test('a container with little shared memory uses files instead', () => {
    expect(settingsFor(4096 * MB, 64 * MB, true)).toHaveProperty('dynamic_shared_memory_type', 'mmap')
    expect(settingsFor(4096 * MB, 2048 * MB, true)).not.toHaveProperty('dynamic_shared_memory_type')
  })

  test('a quote in a value cannot end it', () => {
    expect(asConfiguration({ application_name: "it's" })).toBe("application_name = 'it''s'\n")
  })
})

test.each([
  { available: ['C', 'C.utf8', 'POSIX'], expected: 'C.utf8' },
  { available: ['C', 'POSIX', 'en_US.UTF-8'], expected: 'en_US.UTF-8' },
  { available: ['zh_CN.utf8'], expected: 'zh_CN.utf8' },
  { available: [''], expected: 'C' },
])('of the locales $available, $expected knows the letters', ({ available, expected }) => {
  expect(letterLocale(available)).toBe(expected)
})

describe('account', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\nnobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\npeiban-x:x:7:7\npeiban:x:998:997::/:'

  test.each([
    { name: 'peiban', account: { uid: 998, gid: 997 } },
    { name: 'nobody', account: { uid: 4_294_967_294, gid: 4_294_967_294 } },
    { name: 'postgres', account: undefined },
  ])('$name', ({ name, account }) => {
    expect(findAccount(passwd, name)).toEqual(account)
  })

  test.skipIf(process.getuid?.() !== 0)('a folder closed to it is found out by trying', () => {
    const nobody = findAccount(readFileSync('/etc/passwd', 'utf8'), 'nobody')
    expect([canEnter('/root', nobody), canEnter('/', nobody)]).toEqual([false, true])
  })
})

describe('processes', () => {
  test('a mark tells a process from a later one with the same number', () => {
    const mark = markOf(process.pid)!
    expect(isRunning(mark)).toBe(true)
    expect(isRunning({ ...mark, started: 'earlier' })).toBe(false)
  })

  test.skipIf(process.platform !== 'linux')('a zombie is not running', async () => {
    // The inner shell ends as soon as its parent has become `sleep`, which never asks for it.
    const inner = `until grep -q sleep /proc/$PPID/comm; do :; done`
    const parent = spawn('/bin/sh', ['-c', `/bin/sh -c '${inner}' & echo $!; exec sleep 60`])
    const pid = Number(String((await once(parent.stdout, 'data'))[0]))
    expect(await until(() => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')), 5_000)).toBe(true)
    expect(markOf(pid)).toBeUndefined()
    parent.kill()
  })

  test('a process elsewhere is not the server of a folder', () => {
    expect(isServerOf(process.pid, '/')).toBe(false)
    expect(isServerOf(process.pid, process.cwd())).toBe(process.platform === 'linux')
  })

  test('one that ignores a polite request is ended all the same', async () => {
    const child = spawn(process.execPath, ['-e', `process.on('SIGINT', () => {}); console.log('ready'); setInterval(() => {}, 1000)`])
    await once(child.stdout, 'data')
    const mark = markOf(child.pid!)!
    await endServer(mark, 100)
    expect(isRunning(mark)).toBe(false)
  })
})

test.each([
  { code: 'ENOSPC', refusal: 'DiskFull' },
  { code: 'EDQUOT', refusal: 'DiskFull' },
  { code: 'EACCES', refusal: 'NotWritable' },
  { code: 'EROFS', refusal: 'NotWritable' },
])('$code of the file system is said as $refusal', ({ code, refusal }) => {
  expect(explainFileError(Object.assign(new Error('no'), { code }), '/d')).toMatchObject({ name: 'StartRefused', code: refusal })
})

test('an error of another kind stays what it is', () => {
  const error = new TypeError('ours')
  expect(explainFileError(error, '/d')).toBe(error)
})

test('every sentence that the code says exists, and leaves no gap', () => {
  const code = readdirSync(import.meta.dirname)
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n')
  const said = [...code.matchAll(/(?:both|StartRefused|sentence)\((?:mark \? '\w+' : )?'(\w+)'(?:, (\{[^}]*\}))?/g)]
  expect(said.length).toBeGreaterThan(20)
  for (const [, name = '', values = '{}'] of said) {
    const keys = [...values.matchAll(/(\w+)(?=[:,} ])/g)].map(([key]) => [key, 'X'] as const)
    for (const text of Object.values(sentence(name, Object.fromEntries(keys)))) expect(text).not.toMatch(/\{\{|（）|\(\)|  /)
  }
})
