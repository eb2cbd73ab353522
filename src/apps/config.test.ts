import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { ConfigurationError, readConfig, readKey, SETTINGS } from './config.ts'

const scratch = mkdtempSync(join(tmpdir(), 'peiban-config-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const aFolder = () => mkdtempSync(join(scratch, 'data-'))

test('without a single setting Peiban starts', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '0.0.0.0',
    mllpPort: 2575,
    mllpTls: undefined,
    mailPort: 0,
    audioSocket: { port: 0, host: '127.0.0.1' },
    dataFolder: resolve('data'),
    databaseUrl: undefined,
    smtpUrl: undefined,
    smsUrls: { aliyun: '', tencent: '' },
    wechatUrls: { wechat: '', wecom: '' },
    recogniser: undefined,
    publicUrl: 'http://localhost:3000',
    demo: true,
    worker: true,
    logLevel: 'info',
  })
})

test.each([
  ['PORT', '8080', { port: 8080, publicUrl: 'http://localhost:8080' }],
  ['PORT', '', { port: 3000 }],
  ['MLLP_PORT', '0', { mllpPort: 0 }],
  ['MAIL_PORT', '2525', { mailPort: 2525 }],
  ['AUDIOSOCKET_PORT', '9092', { audioSocket: { port: 9092, host: '127.0.0.1' } }],
  ['PUBLIC_URL', 'https://peiban.example/', { publicUrl: 'https://peiban.example' }],
  ['PEIBAN_DATA', '/srv/peiban', { dataFolder: '/srv/peiban' }],
  ['DATABASE_URL', '', { databaseUrl: undefined }],
  ['PEIBAN_DEMO', 'off', { demo: false, worker: true }],
  ['PEIBAN_DEMO', 'OFF', { demo: false }],
  ['PEIBAN_DEMO', 'on', { demo: true }],
  ['PEIBAN_WORKER', 'no', { worker: false }],
  ['LOG_LEVEL', 'warn', { logLevel: 'warn' }],
  ['SMS_ALIYUN_URL', 'http://127.0.0.1:3025/', { smsUrls: { aliyun: 'http://127.0.0.1:3025', tencent: '' } }],
  ['SMS_TENCENT_URL', 'https://proxy.example/sms', { smsUrls: { aliyun: '', tencent: 'https://proxy.example/sms' } }],
  [
    'RECOGNISER_URL',
    'http://127.0.0.1:8000/',
    { recogniser: { url: 'http://127.0.0.1:8000', key: '', model: 'whisper-1' } },
  ],
  ['RECOGNISER_MODEL', 'large-v3', { recogniser: undefined }],
  ['WECHAT_URL', 'http://127.0.0.1:3026/', { wechatUrls: { wechat: 'http://127.0.0.1:3026', wecom: '' } }],
])('%s=%s', (name, value, expected) => {
  expect(readConfig({ [name]: value })).toMatchObject(expected)
})

describe('what cannot be is refused in both languages, with its name and its value', () => {
  test.each(
    ['PORT', 'MLLP_PORT', 'MAIL_PORT'].flatMap((name) =>
      ['web', '-1', '65536', '30.5', ' '].map((value) => [name, value]),
    ),
  )('%s=%s', (name, value) => {
    const read = () => readConfig({ [name]: value })
    expect(read).toThrow(ConfigurationError)
    expect(read).toThrow(`${name}=${value} 不是端口号（0–65535）。 ${name}=${value} is not a port number (0–65535).`)
  })

  test.each(['http://sms.example.com', 'ftp://127.0.0.1', 'nonsense'])('SMS_ALIYUN_URL=%s', (value) => {
    expect(() => readConfig({ SMS_ALIYUN_URL: value })).toThrow(/SMS_ALIYUN_URL 应为 https/)
  })

  test.each(['MLLP_TLS_CERT', 'MLLP_TLS_KEY'])('%s alone', (name) => {
    expect(() => readConfig({ [name]: '/etc/peiban.pem' })).toThrow(/要么都设，要么都不设。 Set both/)
  })
})

test('both TLS files are taken', () => {
  expect(readConfig({ MLLP_TLS_CERT: 'c.pem', MLLP_TLS_KEY: 'k.pem' }).mllpTls).toEqual({
    certFile: 'c.pem',
    keyFile: 'k.pem',
  })
})

test('every setting is listed with what it does, and the list holds no other', () => {
  const source = readFileSync(join(import.meta.dirname, 'config.ts'), 'utf8')
  const read = [...source.matchAll(/environment(?:\[|, )'([A-Z_]+)'/g)].map((match) => match[1]!)
  expect(SETTINGS.map(({ name }) => name).toSorted()).toEqual([...new Set(read)].toSorted())
  for (const { zh, en } of SETTINGS) expect([/[\u4e00-\u9fff]/.test(zh), en.length > 5]).toEqual([true, true])
})

describe('the key', () => {
  test('is made once, for its owner alone, and is the same ever after', () => {
    const folder = join(aFolder(), 'new')
    const key = readKey(folder, {})
    expect(key).toHaveLength(32)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    expect(readKey(folder, {})).toEqual(key)
    expect(readKey(aFolder(), {})).not.toEqual(key)
  })

  test('is one key, however many processes ask for it first at the same time', async () => {
    const script = `const { readKey } = await import(process.argv[1])
      process.stdin.once('data', () => { process.stdout.write(readKey(process.argv[2], {}).toString('hex')); process.exit() })
      process.stdout.write('ready ')`
    for (let round = 0; round < 3; round++) {
      const folder = join(aFolder(), 'new')
      const config = pathToFileURL(join(import.meta.dirname, 'config.ts')).href
      const all = [1, 2].map(() => spawn(process.execPath, ['--input-type=module', '-e', script, config, folder]))
      const said = all.map(() => '')
      all.forEach((child, at) => child.stdout.on('data', (chunk) => (said[at] += String(chunk))))
      const ended = Promise.all(all.map((child) => once(child, 'close')))
      await expect.poll(() => said, { timeout: 20_000 }).toEqual(['ready ', 'ready '])
      for (const child of all) child.stdin.write('go')
      await ended
      const key = readFileSync(join(folder, 'key'), 'utf8')
      expect(key).toMatch(/^[0-9a-f]{64}$/)
      expect(said).toEqual([`ready ${key}`, `ready ${key}`])
      expect(readdirSync(folder)).toEqual(['key'])
    }
  })

  test('is never seen half written: it appears with its content', () => {
    const folder = aFolder()
    const script = `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const write = fs.writeFileSync
      fs.writeFileSync = (file, text, options) => { write(file, text.slice(0, 10), options); process.kill(process.pid, 'SIGKILL') }
      syncBuiltinESMExports()
      const { readKey } = await import(process.argv[1])
      readKey(process.argv[2], {})`
    const config = pathToFileURL(join(import.meta.dirname, 'config.ts')).href
    const died = spawnSync(process.execPath, ['--input-type=module', '-e', script, config, folder])
    expect(died.signal).toBe('SIGKILL')
    expect(existsSync(join(folder, 'key'))).toBe(false)
    expect(readKey(folder, {})).toHaveLength(32)
  })

  test('may be given, and then no file is made', () => {
    const folder = aFolder()
    expect(readKey(folder, { PEIBAN_KEY: 'AB'.repeat(32) })).toEqual(Buffer.alloc(32, 0xab))
    expect(existsSync(join(folder, 'key'))).toBe(false)
  })

  test('may be written by hand, with a line end', () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'key'), `${'0f'.repeat(32)}\n`)
    chmodSync(join(folder, 'key'), 0o400)
    expect(readKey(folder, {})).toEqual(Buffer.alloc(32, 0x0f))
  })

  test.each(['', 'secret', '0'.repeat(63), '0'.repeat(65), 'g'.repeat(64)])(
    'in the file must be one: %j is neither used nor replaced',
    (text) => {
      const folder = aFolder()
      writeFileSync(join(folder, 'key'), text)
      expect(() => readKey(folder, {})).toThrow(`${join(folder, 'key')} 里的密钥应为 64 位十六进制。 The key in`)
      expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(text)
    },
  )

  test('that was given must be one, and is not repeated in the refusal', () => {
    const read = () => readKey(aFolder(), { PEIBAN_KEY: 'nearly-a-secret' })
    expect(read).toThrow(/^PEIBAN_KEY 里的密钥/)
    expect(read).not.toThrow(/nearly-a-secret/)
  })
})
