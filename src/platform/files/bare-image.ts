import { readImage } from './image.ts'

/** A photo with nothing in it but the picture: no place, no time, no camera, no thumbnail, nothing behind its end. */
export interface BareImage {
  bytes: Buffer
  media: string
  /** As it is seen, turned as the camera was held. */
  width: number
  height: number
}

/**
 * Writes a photo anew from what makes up its picture, and from nothing else: a list of what is kept, since what cameras add
 * is without end (GPS, maker's notes, a video behind the picture). How the camera was held stays, or it would lie on its
 * side; colour profiles stay, since a wound should look its colour.
 * @returns undefined where it is no PNG, JPEG or WebP, moves, or ends before its end
 */
export function bareImage(content: Buffer): BareImage | undefined {
  const image = readImage(content)
  if (!image || 'fault' in image || image.kind !== 'image') return undefined
  const { media, width, height } = image
  if (media === 'image/png') return whole(barePng(content), { media, width, height })
  if (media === 'image/webp') return whole(bareWebp(content), { media, width, height })
  const jpeg = bareJpeg(content)
  const turned = jpeg !== undefined && jpeg.turn >= 5
  return whole(jpeg?.bytes, { media, width: turned ? height : width, height: turned ? width : height })
}

const whole = (bytes: Buffer | undefined, facts: Omit<BareImage, 'bytes'>): BareImage | undefined =>
  bytes && { bytes, ...facts }

const SOI = Buffer.from('ffd8', 'hex')
const EOI = Buffer.from('ffd9', 'hex')

/** @returns the picture and how the camera was held, 1 to 8 as EXIF has it */
function bareJpeg(content: Buffer): { bytes: Buffer; turn: number } | undefined {
  const kept: Buffer[] = []
  let turn = 1
  for (let at = 2; at + 1 < content.length;) {
    if (content[at] !== 0xff) return undefined
    const marker = content[at + 1]!
    if (marker === 0xd9) return { bytes: Buffer.concat([SOI, turnOf(turn), ...kept, EOI]), turn }
    if (marker === 0xff) {
      at += 1
      continue
    }
    const end = endOfSegment(content, at)
    if (end === undefined) return undefined
    const segment = content.subarray(at, end)
    if (marker === 0xe1) turn = readTurn(segment) ?? turn
    if (isOfPicture(marker, segment)) kept.push(segment)
    at = end
  }
  return undefined
}

/** Where a segment ends; of a scan, where the next marker stands behind its pixels. */
function endOfSegment(content: Buffer, at: number): number | undefined {
  const marker = content[at + 1]!
  if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) return at + 2
  if (at + 4 > content.length) return undefined
  const length = content.readUInt16BE(at + 2)
  let end = at + 2 + length
  if (length < 2 || end > content.length) return undefined
  if (marker !== 0xda) return end
  // Within pixels FF is followed by 00, or by the count of a restart.
  for (; end + 1 < content.length; end++)
    if (content[end] === 0xff && content[end + 1] !== 0 && !isRestart(content[end + 1]!)) return end
  return undefined
}

const isRestart = (byte: number) => byte >= 0xd0 && byte <= 0xd7

/** Tables, frame and scans; of what applications add only the colour profile and Adobe's word on how colours are coded. */
function isOfPicture(marker: number, segment: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const name = (text: string) => segment.toString('latin1', 4, 4 + text.length) === text
  return (marker === 0xe2 && name('ICC_PROFILE\0')) || (marker === 0xee && name('Adobe') && segment.length <= 20)
}

const ORIENTATION = 0x0112

function readTurn(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return undefined
  const tiff = segment.subarray(10)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  if (tiff.length < 8) return undefined
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const count = short(first)
  for (let n = 0; n < count && first + 14 + n * 12 <= tiff.length; n++) {
    const entry = first + 2 + n * 12
    const turn = short(entry + 8)
    if (short(entry) === ORIENTATION) return turn >= 1 && turn <= 8 ? turn : undefined
  }
  return undefined
}

/** An EXIF block that says how the camera was held, and nothing else. */
function turnOf(turn: number): Buffer {
  if (turn === 1) return Buffer.alloc(0)
  const segment = Buffer.from(
    'ffe100224578696600004d4d002a000000080001011200030000000100000000000000000000',
    'hex',
  ).subarray(0, 36)
  segment.writeUInt16BE(turn, 28)
  return segment
}

const PNG_KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'pHYs',
  'bKGD',
])

function barePng(content: Buffer): Buffer | undefined {
  const kept = [content.subarray(0, 8)]
  for (let at = 8; at + 12 <= content.length;) {
    const end = at + 12 + content.readUInt32BE(at)
    if (end > content.length) return undefined
    const type = content.toString('latin1', at + 4, at + 8)
    if (PNG_KEPT.has(type)) kept.push(content.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return undefined
}

const WEBP_KEPT = new Set(['VP8X', 'ICCP', 'ALPH', 'VP8 ', 'VP8L'])
/** VP8X: a block of EXIF, a block of XMP. */
const WEBP_SAYS_MORE = 0x0c

function bareWebp(content: Buffer): Buffer | undefined {
  const kept: Buffer[] = []
  const claimed = Math.min(content.length, 8 + content.readUInt32LE(4))
  for (let at = 12; at + 8 <= claimed;) {
    const size = content.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (at + 8 + size > content.length) return undefined
    const type = content.toString('latin1', at, at + 4)
    if (WEBP_KEPT.has(type))
      kept.push(withoutClaims(type, Buffer.from(content.subarray(at, Math.min(end, content.length)))))
    at = end
  }
  const body = Buffer.concat(kept)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + body.length, 4)
  return kept.length === 0 ? undefined : Buffer.concat([head, body])
}

function withoutClaims(type: string, chunk: Buffer): Buffer {
  if (type === 'VP8X' && chunk.length > 8) chunk[8] = chunk[8]! & ~WEBP_SAYS_MORE
  return chunk
}
