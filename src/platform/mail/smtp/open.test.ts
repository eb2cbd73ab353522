import { describe, expect, test } from 'vitest'
import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { aCertificate } from '../../../../test/certificate.ts'
import { LineBroken } from './line.ts'
import { NotOpened, openLine } from './open.ts'
import { aLetter, anEnd, aPool, HASTY, idIn, serverAt } from './sample.ts'

const { authority, server: certificate } = aCertificate(['mail.test', '127.0.0.1'])
const elsewhere = aCertificate(['other.test'])
const login = { user: 'care@example.cn', password: '密码 and blank' }
const checked = { ca: [authority] }

describe('TLS', () => {
  test.each([
    ['STARTTLS', false],
    ['from the first byte', true],
  ])('%s, with a certificate that holds', async (_name, isImplicitTls) => {
    const end = await anEnd({ tls: certificate, isImplicitTls })
    const { line, features } = await openLine(serverAt(end, { isImplicitTls, startTls: 'always', tls: checked }))
    expect(line.isSecure).toBe(true)
    expect(features).toMatchObject({ pipelining: true, startTls: false })
    await line.quit()
    expect(end.commands.filter((command) => command.startsWith('EHLO'))).toHaveLength(isImplicitTls ? 1 : 2)
    expect(end.commands.at(-1)).toBe('QUIT')
  })

  test.each([
    ['made by nobody we know', certificate, {}],
    ['for another name', elsewhere.server, { ca: [elsewhere.authority] }],
  ])('a certificate %s is refused, and nothing is said', async (_name, tls, trust) => {
    for (const isImplicitTls of [false, true]) {
      const end = await anEnd({ tls, isImplicitTls, login })
      const server = serverAt(end, { isImplicitTls, startTls: 'always', tls: trust, login })
      await expect(openLine(server)).rejects.toThrow(LineBroken)
      expect(end.commands.join()).not.toContain('AUTH')
    }
  })

  test('where TLS must be, a server without it is left', async () => {
    const end = await anEnd({ login })
    await expect(openLine(serverAt(end, { startTls: 'always', login }))).rejects.toThrow(NotOpened)
    expect(end.commands.join()).not.toContain('AUTH')
  })

  test('what somebody in between says behind the answer to STARTTLS ends the conversation', async () => {
    for (const whisper of ['250 welcome', '250-half']) {
      const end = await anEnd({ tls: certificate, whisper })
      await expect(openLine(serverAt(end, { startTls: 'always', tls: checked }))).rejects.toThrow(LineBroken)
    }
  })
})

describe('signing in', () => {
  test.each([
    ['PLAIN', 'AUTH PLAIN LOGIN'],
    ['LOGIN', 'AUTH LOGIN'],
  ])('AUTH %s', async (kind, feature) => {
    const end = await anEnd({ login, features: ['PIPELINING', feature] })
    const { line } = await openLine(serverAt(end, { login }))
    await line.quit()
    expect(end.commands.find((command) => command.startsWith('AUTH'))).toMatch(`AUTH ${kind}`)
  })

  test.each([['AUTH PLAIN'], ['AUTH LOGIN']])(
    '%s with a wrong password: says so without saying the password',
    async (feature) => {
      const end = await anEnd({ login, features: [feature] })
      const wrong = { user: login.user, password: 'geheim' }
      const error = await openLine(serverAt(end, { login: wrong })).catch((e: unknown) => e as NotOpened)
      expect(error).toBeInstanceOf(NotOpened)
      expect((error as NotOpened).reply?.code).toBe(535)
      for (const secret of [
        'geheim',
        Buffer.from('geheim').toString('base64'),
        Buffer.from(`\0${login.user}\0geheim`).toString('base64'),
      ])
        expect((error as NotOpened).message).not.toContain(secret)
    },
  )

  test('a server with neither is left', async () => {
    const end = await anEnd({ login, features: ['AUTH CRAM-MD5'] })
    await expect(openLine(serverAt(end, { login }))).rejects.toThrow(/neither/)
  })
})

describe('a conversation that does not come about', () => {
  test.each<[string, Parameters<typeof anEnd>[0], RegExp]>([
    [
      'not welcome',
      { answer: (command) => (command === 'greeting' ? '554 5.7.1 go away' : undefined) },
      /not welcome: 554/,
    ],
    ['closed at once', { answer: () => null }, /greeting/],
    ['says nothing', { answer: () => '' }, /no answer in time \(greeting\)/],
    [
      'silent after EHLO',
      { answer: (command) => (command.startsWith('EHLO') ? '' : undefined) },
      /in time \(command\)/,
    ],
    ['not SMTP', { answer: () => 'HTTP/1.1 400' }, /not SMTP/],
  ])('%s', async (_name, options, why) => {
    const end = await anEnd(options)
    await expect(openLine(serverAt(end, { timeouts: HASTY }))).rejects.toThrow(why)
    await expect.poll(() => end.openNow()).toBe(0)
  })

  test('nobody there', async () => {
    await expect(openLine(serverAt({ port: 9 }))).rejects.toThrow(/ECONNREFUSED.*connect/)
  })

  test('a server that knows only HELO gets one command after the other', async () => {
    const end = await anEnd({ answer: (command) => (command.startsWith('EHLO') ? '502 what?' : undefined) })
    const pool = aPool(end)
    expect(await Promise.all([pool.send(aLetter()), pool.send(aLetter())])).toMatchObject([
      { kind: 'accepted' },
      { kind: 'accepted' },
    ])
    expect(end.violations).toEqual([])
  })
})

test('another maker’s server, over TLS with a login: all arrive as they were written', async () => {
  const received: { raw: string; to: string; user: unknown; secure: boolean }[] = []
  const server = new SMTPServer({
    ...certificate,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === login.user && password === login.password
        ? done(null, { user: username })
        : done(new Error('no such login')),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]!.address
        received.push({ raw: Buffer.concat(chunks).toString('utf8'), to, user: session.user, secure: session.secure })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const pool = aPool(
    { port },
    { server: serverAt({ port }, { startTls: 'always', tls: checked, login }), connections: 3 },
  )
  const letters = Array.from({ length: 60 }, (_, n) =>
    aLetter({
      to: `p${n}@example.com`,
      content: Buffer.from(`Message-ID: <${n}@x>\r\n\r\n${'.\r\n..x\r\n行\r\n'.repeat(n)}`),
    }),
  )
  const outcomes = await Promise.all(letters.map((letter) => pool.send(letter)))
  await pool.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']))
  expect(received).toHaveLength(60)
  for (const { raw, to, user, secure } of received) {
    const n = Number(idIn(raw).slice(1, -3))
    expect({ to, raw, user, secure }).toEqual({
      to: `p${n}@example.com`,
      raw: String(letters[n]!.content as Buffer),
      user: login.user,
      secure: true,
    })
  }
})
