import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { connectMllp } from './mllp-client.ts'
import type { WireEvent } from './mllp-connection.ts'
import { startMllpServer } from './mllp.ts'
import type { MllpOptions, MllpServer } from './mllp.ts'

const open: MllpServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close(0)))
})

const echo: MllpOptions['handler'] = async (frame) => Buffer.from(`ACK ${frame.toString()}`)

async function start(
  options: Partial<MllpOptions> = {},
): Promise<{ server: MllpServer; port: number; events: WireEvent[] }> {
  const events: WireEvent[] = []
  const server = await startMllpServer({ port: 0, handler: echo, report: (event) => events.push(event), ...options })
  open.push(server)
  return { server, port: server.port, events }
}

/** A sender without manners: writes bytes, gathers what comes until the other side ends. */
function raw(port: number): {
  write: (text: string) => void
  end: () => void
  received: () => string
  ended: Promise<void>
  reset: () => void
} {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  socket.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => {
    socket.on('end', resolve)
    socket.on('close', () => resolve())
  })
  return {
    write: (text) => void socket.write(text),
    end: () => void socket.end(),
    received: () => received,
    ended,
    reset: () => void socket.resetAndDestroy(),
  }
}

/** A door that opens when told to. */
function door(): { opened: Promise<void>; open: () => void } {
  let release = (): void => undefined
  return { opened: new Promise<void>((resolve) => (release = resolve)), open: () => release() }
}

describe('answers', () => {
  it('come for each message, over one connection and many', async () => {
    const { port, server } = await start()
    const clients = await Promise.all(Array.from({ length: 20 }, () => connectMllp({ port, window: 8 })))
    const answers = await Promise.all(
      clients.flatMap((client, index) => Array.from({ length: 25 }, (_, n) => client.send(`MSH|${index}-${n}`))),
    )
    expect(answers.map(String)).toEqual(
      clients.flatMap((_, index) => Array.from({ length: 25 }, (__, n) => `ACK MSH|${index}-${n}`)),
    )
    expect(server.connections()).toBe(20)
    await Promise.all(clients.map((client) => client.close()))
  })

  it('keep the order of the messages, however long each takes', async () => {
    const first = door()
    const seen: string[] = []
    const { port } = await start({
      handler: async (frame) => {
        seen.push(frame.toString())
        if (frame.toString() === 'MSH|1') await first.opened
        else if (seen.length === 3) first.open()
        return frame
      },
    })
    const sender = raw(port)
    sender.write('\x0bMSH|1\x1c\r\x0bMSH|2\x1c\r\x0bMSH|3\x1c\r')
    await vi.waitFor(() => expect(sender.received()).toBe('\x0bMSH|1\x1c\r\x0bMSH|2\x1c\r\x0bMSH|3\x1c\r'))
    expect(seen).toEqual(['MSH|1', 'MSH|2', 'MSH|3'])
    sender.end()
  })

  it('are not sent where the handler gives none', async () => {
    const { port } = await start({ handler: async (frame) => (frame.includes('quiet') ? Buffer.alloc(0) : frame) })
    const sender = raw(port)
    sender.write('\x0bMSH|quiet\x1c\r\x0bMSH|2\x1c\r')
    sender.end()
    await sender.ended
    expect(sender.received()).toBe('\x0bMSH|2\x1c\r')
  })

  it('still reach a sender that closed its half', async () => {
    const { port } = await start()
    const sender = raw(port)
    sender.write('\x0bMSH|1\x1c\r')
    sender.end()
    await sender.ended
    expect(sender.received()).toBe('\x0bACK MSH|1\x1c\r')
  })
})

describe('what goes wrong', () => {
  it('a handler that fails acknowledges nothing and ends the connection; earlier answers arrive', async () => {
    const { port, events } = await start({
      handler: async (frame) => {
        if (frame.toString() === 'MSH|2') throw new Error('the disk is full')
        return frame
      },
    })
    const client = await connectMllp({ port, window: 3 })
    const results = await Promise.allSettled([client.send('MSH|1'), client.send('MSH|2'), client.send('MSH|3')])
    expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(events.filter((event) => event.kind === 'fault')).toMatchObject([{ error: { message: 'the disk is full' } }])
  })

  it('tells of noise and of a message that broke off, and keeps their bytes', async () => {
    const { port, events } = await start()
    const sender = raw(port)
    sender.write('hello\x0bMSH|1\x1c\r\x0bMSH|2\rPID|')
    sender.end()
    await sender.ended
    expect(sender.received()).toBe('\x0bACK MSH|1\x1c\r')
    const told = events.flatMap((event) =>
      event.kind === 'noise' || event.kind === 'incomplete' ? [[event.kind, event.bytes.toString()]] : [],
    )
    expect(told).toEqual([
      ['noise', 'hello'],
      ['incomplete', 'MSH|2\rPID|'],
    ])
  })

  it('tells of what was left when a sender vanishes', async () => {
    const { port, events } = await start()
    const sender = raw(port)
    sender.write('hello\x0bMSH|2\rPID|')
    await vi.waitFor(() => expect(events.some((event) => event.kind === 'noise')).toBe(true))
    sender.reset()
    await vi.waitFor(() => expect(events.some((event) => event.kind === 'closed')).toBe(true))
    expect(events.flatMap((event) => (event.kind === 'incomplete' ? [event.bytes.toString()] : []))).toEqual([
      'MSH|2\rPID|',
    ])
  })

  it('refuses what is too large in its turn, and goes on', async () => {
    const { port, events } = await start({
      limitBytes: 100,
      refuseTooLarge: (head, _, limit) => Buffer.from(`AR ${limit} ${head.subarray(0, 5).toString()}`),
    })
    const sender = raw(port)
    sender.write(`\x0bMSH|1\x1c\r\x0bMSH|2${'x'.repeat(400)}\x1c\r\x0bMSH|3\x1c\r`)
    sender.end()
    await sender.ended
    expect(sender.received()).toBe('\x0bACK MSH|1\x1c\r\x0bAR 100 MSH|2\x1c\r\x0bACK MSH|3\x1c\r')
    expect(events.find((event) => event.kind === 'too-large')).toMatchObject({ sizeBytes: 405 })
  })

  it('ends a sender whose message does not', async () => {
    const { port, server } = await start({ limitBytes: 1000 })
    const sender = raw(port)
    sender.write(`\x0bMSH|${'x'.repeat(20_000)}`)
    await sender.ended
    sender.end()
    await vi.waitFor(() => expect(server.connections()).toBe(0))
  })

  it('closes a silent connection, but not one that waits for its answer', async () => {
    const late = door()
    const { port } = await start({ idleMs: 30, handler: async (frame) => (await late.opened, frame) })
    const silent = raw(port)
    const waiting = raw(port)
    waiting.write('\x0bMSH|1\x1c\r')
    await silent.ended
    late.open()
    await vi.waitFor(() => expect(waiting.received()).toBe('\x0bMSH|1\x1c\r'))
    silent.end()
    waiting.end()
  })

  it('the port is taken', async () => {
    const { port } = await start()
    await expect(startMllpServer({ port, handler: echo })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('back-pressure', () => {
  it('never handles more at once than it may, and loses none', async () => {
    let now = 0
    let most = 0
    let handled = 0
    const { port } = await start({
      inFlight: 4,
      handler: async (frame) => {
        most = Math.max(most, ++now)
        await new Promise((resolve) => setImmediate(resolve))
        now--
        handled++
        return frame
      },
    })
    const client = await connectMllp({ port, window: 500 })
    await Promise.all(Array.from({ length: 500 }, (_, n) => client.send(`MSH|${n}|${'x'.repeat(1000)}`)))
    expect(most).toBe(4)
    expect(handled).toBe(500)
    await client.close()
  })
})

describe('closing', () => {
  it('finishes what was received, takes nothing new', async () => {
    const held = door()
    let arrived = 0
    const { port, server } = await start({ handler: async (frame) => (arrived++, await held.opened, frame) })
    const client = await connectMllp({ port, window: 2 })
    const answers = Promise.all([client.send('MSH|1'), client.send('MSH|2')])
    await vi.waitFor(() => expect(arrived).toBe(2))
    const closing = server.close(5000)
    held.open()
    expect((await answers).map(String)).toEqual(['MSH|1', 'MSH|2'])
    await closing
    await expect(connectMllp({ port })).rejects.toThrow()
  })

  it('cuts off what does not finish in time', async () => {
    const { port, server } = await start({ handler: () => new Promise<Buffer>(() => undefined) })
    const client = await connectMllp({ port })
    const answer = client.send('MSH|1')
    const outcome = expect(answer).rejects.toThrow('ended before the answer')
    await server.close(20)
    await outcome
    expect(server.connections()).toBe(0)
  })
})

describe('TLS', () => {
  // A key both ends know stands for the certificate, so that none has to be kept in the repository.
  const key = Buffer.from('0123456789abcdef')
  const common = { ciphers: 'PSK', maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' } as const

  it('carries messages encrypted', async () => {
    const peers: boolean[] = []
    const { port } = await start({
      tls: { ...common, pskCallback: () => key },
      handler: async (frame, peer) => (peers.push(peer.encrypted), frame),
    })
    const client = await connectMllp({
      port,
      tls: { ...common, pskCallback: () => ({ psk: key, identity: 'lis' }), checkServerIdentity: () => undefined },
    })
    expect(String(await client.send('MSH|1'))).toBe('MSH|1')
    expect(peers).toEqual([true])
    await client.close()
  })

  it('tells of a sender that speaks plainly, and serves others on', async () => {
    const { port, events } = await start({ tls: { ...common, pskCallback: () => key } })
    const sender = raw(port)
    sender.write('\x0bMSH|1\x1c\r')
    await vi.waitFor(() => expect(events.some((event) => event.kind === 'fault')).toBe(true))
    sender.end()
  })
})

describe('the client', () => {
  it('gives up an answer that does not come', async () => {
    const { port } = await start({ handler: () => new Promise<Buffer>(() => undefined) })
    const client = await connectMllp({ port, timeoutMs: 30 })
    await expect(client.send('MSH|1')).rejects.toThrow('no answer in time')
    await expect(client.send('MSH|2')).rejects.toThrow('no answer in time')
  })

  it('says so when nobody listens', async () => {
    await expect(connectMllp({ port: 1 })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
