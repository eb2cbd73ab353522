import { afterAll, beforeEach, expect, test } from 'vitest'
import { startSpeechStandIn } from './server.ts'
import { readAnswer } from '../../../platform/speech/answer.ts'
import { openRecogniser } from '../../../platform/speech/recogniser.ts'

const server = await startSpeechStandIn({
  key: 'house-key',
  words: [
    { start: 0, end: 2.5, text: '您好，我是和康的李健管。' },
    { start: 2.5, end: 4, text: ' 这两周头晕过吗？' },
  ],
})
afterAll(() => server.close())
beforeEach(() => void (server.asked.length = 0))
const recogniser = openRecogniser({ url: server.url, key: 'house-key', model: 'whisper-large-v3' })
const sound = Buffer.from('a call as it was spoken')

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

test('nobody there, and somebody who takes too long', async () => {
  const nobody = openRecogniser({ url: 'http://127.0.0.1:1', model: 'm' })
  expect(await nobody.recognise(sound, 'audio/webm')).toMatchObject({ kind: 'later', why: 'unreachable' })
  let go = () => {}
  server.during = () => new Promise((resolve) => (go = resolve))
  const hasty = openRecogniser({ url: server.url, key: 'house-key', model: 'm', timeoutMs: 50 })
  expect(await hasty.recognise(sound, 'audio/webm')).toMatchObject({ kind: 'later', why: 'unreachable' })
  go()
  server.during = async () => {}
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
