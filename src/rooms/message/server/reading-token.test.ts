import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '../../../platform/pii/sealer.ts'
import { readingTokenOf, readReadingToken } from './reading-token.ts'

const sealer = createSealer(randomBytes(32))
const organizationId = '0199c1d2-0000-7000-8000-00000000000a'
const messageId = '0199ffff-1111-7000-8000-00000000000b'
const mark = { messageId, link: 3, url: 'https://a.cn/路?x=1' }

test('a mark comes out as it went in', () => {
  expect(readReadingToken({ sealer }, readingTokenOf({ sealer, organizationId }, mark))).toEqual({
    ...mark,
    organizationId,
  })
})

test.each([
  ['cut short', (token: string) => token.slice(0, -9)],
  ['changed', (token: string) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')],
  ['of another organization', (token: string) => token.replace('0a.', '0c.')],
  ['made up', () => 'x'.repeat(120)],
  ['empty', () => ''],
])('what is %s is nobody’s', (_, spoil) => {
  expect(readReadingToken({ sealer }, spoil(readingTokenOf({ sealer, organizationId }, mark)))).toBeUndefined()
})

test('says nothing of whom it is for', () => {
  const token = readingTokenOf({ sealer, organizationId }, mark)
  expect(token).not.toContain('0199ffff')
  expect(Buffer.from(token.split('.')[1]!, 'base64url').toString('latin1')).not.toContain('a.cn')
})
