/** What kind of sound a file is, by its first bytes and never by its name; undefined where it is none that we know. */
export function soundKind(bytes: Buffer): SoundKind | undefined {
  const at = (from: number, text: string) => bytes.toString('latin1', from, from + text.length) === text
  if (at(0, '\x1a\x45\xdf\xa3')) return 'audio/webm'
  if (at(0, 'OggS')) return 'audio/ogg'
  if (at(0, 'RIFF') && at(8, 'WAVE')) return 'audio/wav'
  if (at(4, 'ftyp')) return 'audio/mp4'
  if (at(0, 'ID3') || (bytes.length > 1 && bytes[0] === 0xff && isMp3(bytes[1]!))) return 'audio/mpeg'
  return undefined
}

export type SoundKind = 'audio/webm' | 'audio/ogg' | 'audio/wav' | 'audio/mp4' | 'audio/mpeg'

/** The rest of the sync word, no reserved version, layer III. */
const isMp3 = (second: number) => (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02

export const ENDINGS: Readonly<Record<string, string>> = {
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  // Speech of an exchange, played as WAV.
  'audio/l16': 'wav',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
}

/**
 * What is added behind the last byte, so that a copy tells who listened when: a tag in WebM, a chunk in WAV, an ID3v1
 * tag in MP3. Of other kinds only the name of the file tells. Players pass over it.
 */
export function soundMark(media: string, text: string): Buffer {
  if (media === 'audio/webm') return webmTag(text)
  if (media === 'audio/wav') return wavChunk(text)
  return media === 'audio/mpeg' ? id3(text) : Buffer.alloc(0)
}

/** Matroska: Tags › Tag › (Targets, SimpleTag › (TagName, TagString)). The segment of a live recording has no end. */
function webmTag(text: string): Buffer {
  const simple = element(
    '67c8',
    Buffer.concat([element('45a3', Buffer.from('COMMENT')), element('4487', Buffer.from(text))]),
  )
  return element('1254c367', element('7373', Buffer.concat([element('63c0', Buffer.alloc(0)), simple])))
}

function element(id: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x1000_0000 | content.length)
  return Buffer.concat([Buffer.from(id, 'hex'), size, content])
}

/** RIFF: LIST › INFO › ICMT, filled to an even length. */
function wavChunk(text: string): Buffer {
  const words = Buffer.from(text)
  const even = Buffer.concat([words, Buffer.alloc(2 - (words.length % 2))])
  return chunk('LIST', Buffer.concat([Buffer.from('INFO'), chunk('ICMT', even)]))
}

function chunk(name: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(name), size, content])
}

/** 128 bytes at the end; the comment has 30 of them. */
function id3(text: string): Buffer {
  const tag = Buffer.alloc(128)
  tag.write('TAG', 0, 'latin1')
  Buffer.from(text).copy(tag, 97, 0, 30)
  tag[127] = 0xff
  return tag
}
