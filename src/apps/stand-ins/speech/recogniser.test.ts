import { afterAll, beforeEach, expect, test } from 'vitest'
import { startSpeechStandIn } from './server.ts'
import { readAnswer } from '../../../platform/speech/answer.ts'
import { ANSWER_BYTES_MAX } from '../../../platform/speech/ask.ts'
import { openRecogniser, SOUND_BYTES_MAX, TIMEOUT_MS } from '../../../platform/speech/recogniser.ts'
import { LEASE_MS } from '../../../rooms/recording/server/rules/transcription.ts'

const server = await startSpeechStandIn({
  key: 'house-key',
  words: [
    { start: 0, end: 2.5, text: '您好，我是和康的李健管。' },
    { start: 2.5, end: 4, text: ' 这两周头晕过吗？' },
  ],
})
afterAll(() => server.close())
beforeEach(() => {
  server.asked.length = 0
  server.during = server.between = async () => {}
})
const recogniser = openRecogniser({ url: server.url, key: 'house-key', model: 'whisper-large-v3' })
const sound = Buffer.from('a call as it was spoken')

function hold() {
  let go = () => {}
  const gate = new Promise<void>((resolve) => (go = resolve))
  return { wait: () => gate, go }
}

/** Has fetch wait a second for the head of an answer instead of its five minutes, as long as `use` runs. */
async function withHastyFetch(use: () => Promise<void>): Promise<void> {
  const dispatcher = Symbol.for('undici.globalDispatcher.1')
  const held = globalThis as unknown as Record<symbol, { constructor: new (options: object) => never }>
  const usual = held[dispatcher]!
  held[dispatcher] = new usual.constructor({ headersTimeout: 1000 })
  await use().finally(() => (held[dispatcher] = usual))
}

test('sends the sound with its model, and hears what was said when', async () => {
  expect(await recogniser.recognise(sound, 'audio/webm')).toEqual({
    kind: 'heard',
    spoken: [
      { atMs: 0, text: '您好，我是和康的李健管。' },
      { atMs: 2500, text: '这两周头晕过吗？' },
    ],
  })
  expect(server.asked).toMatchObject([
    {
      file: 'call.webm',
      media: 'audio/webm',
      bytes: sound,
      fields: { model: 'whisper-large-v3', language: 'zh', response_format: 'verbose_json' },
    },
  ])
})

test('a key that does not fit, and a format that it does not know', async () => {
  const stranger = openRecogniser({ url: server.url, key: 'another', model: 'm' })
  expect(await stranger.recognise(sound, 'audio/webm')).toMatchObject({ kind: 'later', why: 'login' })
  expect(await recogniser.recognise(sound, 'audio/nothing')).toMatchObject({ kind: 'never', why: 'unreadable' })
  expect(server.asked).toEqual([])
})

test('nobody there, and a head or a body that takes too long', async () => {
  const nobody = openRecogniser({ url: 'http://127.0.0.1:1', model: 'm' })
  expect(await nobody.recognise(sound, 'audio/webm')).toEqual({
    kind: 'later',
    why: 'unreachable',
    words: 'Error: ECONNREFUSED',
  })
  const hasty = openRecogniser({ url: server.url, key: 'house-key', model: 'm', timeoutMs: 50 })
  for (const late of ['during', 'between'] as const) {
    const held = hold()
    server[late] = held.wait
    // eslint-disable-next-line no-await-in-loop -- one after the other: the stand-in is told anew
    expect(await hasty.recognise(sound, 'audio/webm')).toMatchObject({
      kind: 'later',
      why: 'unreachable',
      words: 'TimeoutError: The operation was aborted due to timeout',
    })
    held.go()
    server[late] = async () => {}
  }
})

test('it waits for a head longer than fetch would: the wait is ours to set, and is less than the lease of a try', async () => {
  const held = hold()
  server.during = held.wait
  let late: ReturnType<typeof recogniser.recognise>
  await withHastyFetch(async () => {
    late = recogniser.recognise(sound, 'audio/webm')
    const body = new FormData()
    body.set('model', 'm')
    body.set('file', new Blob([sound]), 'call.webm')
    const headers = { authorization: 'Bearer house-key' }
    const asked = fetch(`${server.url}/v1/audio/transcriptions`, { method: 'POST', body, headers })
    await expect(asked).rejects.toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } })
  })
  held.go()
  expect(await late!).toMatchObject({ kind: 'heard' })
  expect(TIMEOUT_MS).toBe(20 * 60_000)
  expect(TIMEOUT_MS).toBeLessThan(LEASE_MS)
})

test('an answer that is cut off, one that never ends, and one that sends elsewhere', async () => {
  server.between = async () => server.cut()
  expect(await recogniser.recognise(sound, 'audio/webm')).toMatchObject({ kind: 'later', why: 'unreachable' })
  server.between = async () => {}
  server.next({ status: 200, body: ' '.repeat(ANSWER_BYTES_MAX + 1) })
  expect(await recogniser.recognise(sound, 'audio/webm')).toEqual({
    kind: 'later',
    why: 'unreachable',
    words: 'Error: the answer is too long',
  })
  server.next({ status: 307, body: '' })
  expect(await recogniser.recognise(sound, 'audio/webm')).toEqual({ kind: 'later', why: 'faulty', words: 'HTTP 307' })
  expect(server.asked).toHaveLength(3)
})

test('what is too large for the server is refused while it is still being sent', async () => {
  const large = Buffer.alloc(SOUND_BYTES_MAX)
  expect(await recogniser.recognise(large, 'audio/wav')).toMatchObject({ kind: 'never', why: 'too-large' })
  expect(server.asked).toEqual([])
})

test.each([
  [401, '', 'later', 'login'],
  [403, '', 'later', 'login'],
  [429, '', 'later', 'busy'],
  [503, '', 'later', 'busy'],
  [413, '', 'never', 'too-large'],
  [400, '{"error":{}}', 'never', 'unreadable'],
  [415, '', 'never', 'unreadable'],
  [500, '', 'later', 'faulty'],
  [302, '', 'later', 'faulty'],
  [200, '<html>a gateway</html>', 'later', 'faulty'],
  [200, '{"task":"transcribe"}', 'later', 'faulty'],
  [200, '{"segments":[{"start":-1,"text":"x"}]}', 'later', 'faulty'],
])('%i %s is %s: %s', (status, body, kind, why) => expect(readAnswer(status, body)).toMatchObject({ kind, why }))

test.each([
  ['{"text":"只有文字"}', [{ atMs: 0, text: '只有文字' }]],
  ['{"text":""}', []],
  ['{"text":"甲","segments":[]}', [{ atMs: 0, text: '甲' }]],
  [
    '{"text":"","segments":[{"start":3,"text":"乙"},{"start":1.2,"text":" 甲 "},{"start":2,"text":" "}]}',
    [
      { atMs: 1200, text: '甲' },
      { atMs: 3000, text: '乙' },
    ],
  ],
])('%s says %j', (body, spoken) => expect(readAnswer(200, body)).toEqual({ kind: 'heard', spoken }))

test('no words of a refusal are kept: they may hold what was said', () =>
  expect(JSON.stringify(readAnswer(422, '{"error":"可能有隐私"}'))).not.toContain('隐私'))
