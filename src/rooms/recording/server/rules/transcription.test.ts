import { expect, test } from 'vitest'
import { nextTry, tellsOfText } from './transcription.ts'

const now = new Date('2026-03-02T02:00:00Z')

test.each([
  [1, '2026-03-02T02:05:00.000Z'],
  [2, '2026-03-02T02:30:00.000Z'],
  [3, '2026-03-02T04:00:00.000Z'],
  [4, '2026-03-02T10:00:00.000Z'],
  [5, '2026-03-03T02:00:00.000Z'],
  [6, undefined],
])('after %i tries the next is at %s', (attempts, at) => expect(nextTry(attempts, now)?.toISOString()).toBe(at))

test.each([
  ['这次通话会录音，并转成文字。可以吗？', 'The call is recorded and turned into text. May we?', true],
  ['这次通话会录音，并转成文字。可以吗？', 'The call is recorded. May we?', false],
  ['这次通话会录音。可以吗？', 'The call is recorded and transcribed. May we?', false],
  ['转写为文字', 'a transcription', true],
])('%s / %s tells of it: %s', (zh, en, tells) => expect(tellsOfText({ zh, en })).toBe(tells))
