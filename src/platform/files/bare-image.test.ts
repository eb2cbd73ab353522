import { describe, expect, test } from 'vitest'
import { bareImage } from './bare-image.ts'

/** What must not be left of a photo, wherever a camera puts it. */
const SECRET = 'lat 31.2304 lon 121.4737 by Phone-X'
const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
const frame = Buffer.from('ffc00011080120018003012200021101031101', 'hex')
/** A start of scan, pixels with an FF that is one of them and one restart. */
const scan = Buffer.concat([segment(0xda, Buffer.from('0102030405', 'hex')), Buffer.from('aaff00bbffd0cc', 'hex')])
const end = Buffer.from('ffd9', 'hex')
/** EXIF with how the camera was held, a place, and words behind it. */
function exif(turn: number, little: boolean): Buffer {
  const tiff = Buffer.alloc(38)
  tiff.write(little ? 'II' : 'MM', 0, 'latin1')
  const short = (value: number, at: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at))
  const long = (value: number, at: number) => (little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at))
  short(42, 2)
  long(8, 4)
  short(2, 8)
  short(0x8825, 10) // where the GPS block stands
  short(4, 12)
  long(1, 14)
  long(34, 18)
  short(0x0112, 22)
  short(3, 24)
  long(1, 26)
  short(turn, 30)
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(SECRET)]))
}
const jpeg = (...segments: Buffer[]) => Buffer.concat([Buffer.from('ffd8', 'hex'), ...segments, frame, scan, end])

const chunk = (type: string, body: Buffer | string) => {
  const content = Buffer.from(body as string)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content, Buffer.from('crc4')])
}
const png = (...between: Buffer[]) => {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(640, 0)
  size.writeUInt32BE(480, 4)
  const parts = [chunk('IHDR', size), ...between, chunk('IDAT', 'pixels'), chunk('IEND', '')]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}
const riff = (type: string, body: Buffer) => {
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
const webp = (...chunks: Buffer[]) => {
  const body = Buffer.concat(chunks)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + body.length, 4)
  return Buffer.concat([head, body])
}
const vp8x = (flags: number) => riff('VP8X', Buffer.from([flags, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0]))

describe('nothing but the picture is kept', () => {
  test.each([
    ['EXIF with GPS', exif(1, true)],
    ['XMP', segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET}`))],
    ['IPTC', segment(0xed, Buffer.from(`Photoshop 3.0\0${SECRET}`))],
    ['a comment', segment(0xfe, Buffer.from(SECRET))],
    ['a thumbnail', segment(0xe0, Buffer.from(`JFXX\0${SECRET}`))],
    ['other pictures', segment(0xe2, Buffer.from(`MPF\0${SECRET}`))],
    ['what only its maker knows', segment(0xe9, Buffer.from(SECRET))],
    ['what pretends to be Adobe', segment(0xee, Buffer.from(`Adobe ${SECRET}`))],
  ])('JPEG: %s', (_what, extra) => {
    const bare = bareImage(jpeg(extra))!
    expect(bare).toMatchObject({ media: 'image/jpeg', width: 384, height: 288 })
    expect(bare.bytes.includes(SECRET.slice(0, 8))).toBe(false)
    expect(bare.bytes).toEqual(jpeg())
  })

  test('JPEG: a video behind the end', () => {
    expect(bareImage(Buffer.concat([jpeg(), Buffer.from(`ftypmp42${SECRET}`)]))!.bytes).toEqual(jpeg())
  })

  test('JPEG: more than one scan, and what stands between them', () => {
    const two = Buffer.concat([Buffer.from('ffd8', 'hex'), frame, scan, segment(0xfe, Buffer.from(SECRET)), scan, end])
    expect(bareImage(two)!.bytes).toEqual(Buffer.concat([Buffer.from('ffd8', 'hex'), frame, scan, scan, end]))
  })

  test('JPEG: the colours stay', () => {
    const profile = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01profile', 'latin1'))
    expect(bareImage(jpeg(profile))!.bytes).toEqual(jpeg(profile))
  })

  test.each([
    ['EXIF', chunk('eXIf', SECRET)],
    ['words', chunk('tEXt', `Location\0${SECRET}`)],
    ['long words', chunk('iTXt', SECRET)],
    ['its time', chunk('tIME', SECRET)],
    ['anything else', chunk('prVt', SECRET)],
  ])('PNG: %s', (_what, extra) => expect(bareImage(png(extra))!.bytes).toEqual(png()))

  test('PNG: what stands behind the end', () =>
    expect(bareImage(Buffer.concat([png(), Buffer.from(SECRET)]))!.bytes).toEqual(png()))

  test('WebP: EXIF and XMP, and the word that they are there', () => {
    const pixels = riff('VP8L', Buffer.from([0x2f, 1, 2, 3, 4, 5]))
    const told = webp(vp8x(0x0c), pixels, riff('EXIF', Buffer.from(SECRET)), riff('XMP ', Buffer.from(`${SECRET}!`)))
    expect(bareImage(told)).toMatchObject({
      media: 'image/webp',
      width: 320,
      height: 240,
      bytes: webp(vp8x(0), pixels),
    })
  })
})

describe('how the camera was held stays', () => {
  test.each([
    [1, false, 384, 288],
    [3, true, 384, 288],
    [6, true, 288, 384],
    [8, false, 288, 384],
  ])('turn %i, little-endian %s', (turn, little, width, height) => {
    const bare = bareImage(jpeg(exif(turn, little)))!
    expect(bare).toMatchObject({ width, height })
    expect(bare.bytes.includes(SECRET.slice(0, 8))).toBe(false)
    // Read again as it was written: nothing is lost by a second time.
    expect(bareImage(bare.bytes)).toEqual(bare)
    expect(bare.bytes.length - jpeg().length).toBe(turn === 1 ? 0 : 36)
  })

  test.each([0, 9, 65_535])('turn %i is none', (turn) =>
    expect(bareImage(jpeg(exif(turn, true)))!.bytes).toEqual(jpeg()),
  )
})

describe('what is not whole is not kept', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['HTML', Buffer.from(`<html>${' '.repeat(60)}`)],
    ['a JPEG that ends in its pixels', jpeg().subarray(0, -4)],
    ['a JPEG whose segment is longer than the file', jpeg(Buffer.from('ffe1ffff', 'hex'))],
    ['a PNG without an end', png().subarray(0, -12)],
    ['a film', Buffer.from(`\0\0\0\x18ftypmp42${'\0'.repeat(30)}`, 'latin1')],
    ['a PNG that moves', png(chunk('acTL', '12345678'))],
  ])('%s', (_what, content) => expect(bareImage(content)).toBeUndefined())

  test('whatever is cut off or changed, it ends', () => {
    const whole = jpeg(exif(6, true), segment(0xfe, Buffer.from(SECRET)))
    for (let size = 0; size <= whole.length; size++) bareImage(whole.subarray(0, size))
    for (let at = 2; at < whole.length; at++)
      for (const value of [0, 0xff, 0xd9, 0xda]) bareImage(Buffer.from(whole).fill(value, at, at + 1))
  })
})
