/** What a file is by its bytes, whatever its name says, and how large it is. */
export type ImageReading =
  | { kind: 'image'; media: string; width: number; height: number }
  | { kind: 'video'; media: string }
  | { fault: 'moves-alone' }
  | undefined

/**
 * PNG, JPEG and WebP as images; MP4 and WebM as videos. An image that moves by itself (APNG, animated WebP, GIF) cannot
 * be stopped by whoever is disturbed by it, and is refused: a video has a pause button.
 */
export function readImage(content: Buffer): ImageReading {
  if (content.length < 32) return undefined
  if (content.readUInt32BE(0) === 0x89504e47) return readPng(content)
  if (content.readUInt16BE(0) === 0xffd8) return readJpeg(content)
  const head = content.toString('latin1', 0, 4)
  if (head === 'GIF8') return { fault: 'moves-alone' }
  if (head === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP') return readWebp(content)
  if (
    content.toString('latin1', 4, 8) === 'ftyp' &&
    /^(isom|iso2|mp4[12]|avc1|M4V |dash)/.test(content.toString('latin1', 8, 12))
  )
    return { kind: 'video', media: 'video/mp4' }
  if (content.readUInt32BE(0) === 0x1a45dfa3 && content.subarray(0, 64).includes('webm'))
    return { kind: 'video', media: 'video/webm' }
  return undefined
}

function readPng(content: Buffer): ImageReading {
  if (content.toString('latin1', 1, 8) !== 'PNG\r\n\x1a\n' || content.toString('latin1', 12, 16) !== 'IHDR')
    return undefined
  // `acTL` stands before the first pixels of a PNG that moves.
  const pixels = content.indexOf('IDAT')
  if (pixels < 0) return undefined
  if (content.subarray(0, pixels).includes('acTL')) return { fault: 'moves-alone' }
  return sized('image/png', content.readUInt32BE(16), content.readUInt32BE(20))
}

function readJpeg(content: Buffer): ImageReading {
  for (let at = 2; at + 9 < content.length;) {
    if (content[at] !== 0xff) return undefined
    const marker = content[at + 1]!
    // A frame begins: C0 to CF without the tables C4, C8, CC.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return sized('image/jpeg', content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))
    if (marker === 0xff) at += 1
    else at += 2 + content.readUInt16BE(at + 2)
  }
  return undefined
}

function readWebp(content: Buffer): ImageReading {
  const form = content.toString('latin1', 12, 16)
  if (form === 'VP8 ') return sized('image/webp', content.readUInt16LE(26) & 0x3fff, content.readUInt16LE(28) & 0x3fff)
  if (form === 'VP8L') {
    const bits = content.readUInt32LE(21)
    return sized('image/webp', (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
  }
  if (form !== 'VP8X') return undefined
  if (content[20]! & 0x02) return { fault: 'moves-alone' }
  return sized('image/webp', content.readUIntLE(24, 3) + 1, content.readUIntLE(27, 3) + 1)
}

function sized(media: string, width: number, height: number): ImageReading {
  return width > 0 && height > 0 ? { kind: 'image', media, width, height } : undefined
}
