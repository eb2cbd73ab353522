import { afterEach, describe, expect, it } from 'vitest'
import { answerFrame, answerTooLarge } from '../hl7/ack.ts'
import type { AckOptions } from '../hl7/ack.ts'
import { decode } from '../hl7/charset.ts'
import { encodeGb18030 } from '../hl7/gb18030.ts'
import { parseFrame } from '../hl7/parse.ts'
import { readFrame } from '../hl7/read-message.ts'
import type { ReadMessage } from '../hl7/read-message.ts'
import { sampleMessage } from '../hl7/sample-message.ts'
import { connectMllp } from './mllp-client.ts'
import { startMllpServer } from './mllp.ts'
import type { MllpServer } from './mllp.ts'

/** A laboratory and the receiver with all their parts, but without a database. */
let server: MllpServer | undefined
afterEach(() => server?.close(0))

async function receiver(): Promise<{ port: number; received: ReadMessage[] }> {
  const received: ReadMessage[] = []
  let count = 0
  const options: AckOptions = { nextId: () => `A${++count}`, at: new Date('2026-01-04T01:30:05Z') }
  server = await startMllpServer({
    port: 0,
    limitBytes: 20_000,
    refuseTooLarge: (head, _, limitBytes) => answerTooLarge(head, limitBytes, options),
    handler: async (bytes) => {
      const frame = readFrame(bytes)
      received.push(...frame.messages)
      return answerFrame(frame, options)
    },
  })
  return { port: server.port, received }
}

/** Code, message and text of the acknowledgements in an answer. */
function said(answer: Buffer): string[][] {
  return parseFrame(decode(answer).text).map((ack) => [1, 2, 3].map((field) => ack.segments[1]?.text(field) ?? ''))
}

describe('a laboratory', () => {
  it('sends a morning’s reports and is answered for each, in its own charset', async () => {
    const { port, received } = await receiver()
    const client = await connectMllp({ port, window: 16 })
    const messages = Array.from({ length: 200 }, (_, index) => {
      const pid = `PID|1||${index}^^^&BLH||患者${index}||1981-03-05|${index % 2 ? '男' : '女'}`
      const text = sampleMessage({ msh: { id: `M${index}`, tail: '|||||CHN|GB2312' }, pid })
      return index % 3 === 0 ? encodeGb18030(text) : Buffer.from(text)
    })
    const answers = await Promise.all(messages.map((message) => client.send(message)))
    expect(answers.flatMap(said)).toEqual(messages.map((_, index) => ['AA', `M${index}`, '']))
    expect(received.map((one) => one.outcome)).toMatchObject(
      messages.map((_, index) => ({
        kind: 'reports',
        reports: [{ patient: { name: `患者${index}`, sex: index % 2 ? 'male' : 'female' } }],
      })),
    )
    await client.close()
  })

  it('is told what is wrong in words it can read', async () => {
    const { port } = await receiver()
    const client = await connectMllp({ port })
    const refused = await client.send(encodeGb18030(sampleMessage({ msh: { type: 'ORM^O01' } })))
    expect(decode(refused).charset).toBe('gb18030')
    expect(said(refused)).toMatchObject([['AR', 'M1', expect.stringContaining('不接收消息类型 ORM^O01')]])
    expect(said(await client.send('rubbish'))).toMatchObject([['AR', '', expect.stringContaining('No MSH')]])
    expect(said(await client.send(sampleMessage({ results: ['x'.repeat(30_000)] })))).toMatchObject([
      ['AR', 'M1', expect.stringContaining('20000')],
    ])
    expect(said(await client.send(sampleMessage()))).toEqual([['AA', 'M1', '']])
    await client.close()
  })

  it('is answered once for a frame of two messages', async () => {
    const { port, received } = await receiver()
    const client = await connectMllp({ port })
    expect(said(await client.send(sampleMessage() + sampleMessage({ msh: { id: 'M2' } })))).toEqual([
      ['AA', 'M1', ''],
      ['AA', 'M2', ''],
    ])
    expect(received).toHaveLength(2)
    await client.close()
  })
})
