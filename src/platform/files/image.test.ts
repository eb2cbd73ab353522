import { describe, expect, test } from 'vitest'
import { readImage } from './image.ts'

const png = (extra = '') => {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const size = Buffer.alloc(8)
  size.writeUInt32BE(640, 0)
  size.writeUInt32BE(480, 4)
  return Buffer.concat([head, size, Buffer.from(`\x08\x02\0\0\0crc4${extra}\0\0\0\0IDAT........`, 'latin1')])
}
const jpeg = () => {
  const start = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')
  const frame = Buffer.from('ffc00011080120018003012200021101031101', 'hex')
  return Buffer.concat([start, frame, Buffer.alloc(20)])
}
const webp = (form: string, data: number[]) =>
  Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'),
    Buffer.from(form),
    Buffer.alloc(4),
    Buffer.from(data),
    Buffer.alloc(20),
  ])

describe('what a file is follows from its bytes', () => {
  test.each([
    ['PNG', png(), { kind: 'image', media: 'image/png', width: 640, height: 480 }],
    ['JPEG', jpeg(), { kind: 'image', media: 'image/jpeg', width: 384, height: 288 }],
    [
      'WebP',
      webp('VP8X', [0, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0]),
      { kind: 'image', media: 'image/webp', width: 320, height: 240 },
    ],
    ['MP4', Buffer.from(`\0\0\0\x18ftypmp42${'\0'.repeat(30)}`, 'latin1'), { kind: 'video', media: 'video/mp4' }],
    [
      'WebM',
      Buffer.from(`\x1a\x45\xdf\xa3....webm${'\0'.repeat(30)}`, 'latin1'),
      { kind: 'video', media: 'video/webm' },
    ],
  ])('%s', (_what, content, expected) => expect(readImage(content)).toEqual(expected))

  test.each([
    ['a PNG that moves', png('\0\0\0\x08acTL')],
    ['a GIF', Buffer.from(`GIF89a${'\0'.repeat(40)}`)],
    ['a WebP that moves', webp('VP8X', [2, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0])],
  ])('%s cannot be stopped', (_what, content) => expect(readImage(content)).toEqual({ fault: 'moves-alone' }))

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a program', Buffer.from(`MZ${'\0'.repeat(60)}`)],
    ['a PDF', Buffer.from(`%PDF-1.7${' '.repeat(60)}`)],
    ['HTML', Buffer.from(`<html>${' '.repeat(60)}`)],
    ['the beginning of a PNG', png().subarray(0, 40)],
    ['a JPEG without a frame', Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.alloc(60, 0xff)])],
    ['an ISO file that is no video', Buffer.from(`\0\0\0\x18ftypheic${'\0'.repeat(30)}`, 'latin1')],
  ])('%s is no picture', (_what, content) => expect(readImage(content)).toBeUndefined())
})
