import { describe, expect, it } from 'vitest'
import { decode, encode } from './charset.ts'
import { encodeGb18030 } from './gb18030.ts'
import { sampleMessage } from './sample-message.ts'

const chinese = sampleMessage()

describe('decode', () => {
  const tails = ['', '|||||CHN|UNICODE UTF-8', '||||||UNICODE', '|||||CHN|GB2312', '||||||8859/1', '|||||CHN|CHN']
  it.each(tails)('UTF-8 bytes are UTF-8 whatever the header claims: %j', (tail) => {
    const text = sampleMessage({ msh: { tail } })
    expect(decode(Buffer.from(text))).toEqual({ text, charset: 'utf-8', damaged: false })
  })

  it.each(tails.filter((tail) => !tail.includes('8859')))(
    'GB bytes are GB18030 whatever the header claims: %j',
    (tail) => {
      const text = sampleMessage({ msh: { tail } })
      expect(decode(encodeGb18030(text))).toEqual({ text, charset: 'gb18030', damaged: false })
    },
  )

  it('honours a declared Latin where the bytes are not UTF-8', () => {
    const text = sampleMessage({
      msh: { sender: 'LAB|Ålesund', tail: '||||||8859/1' },
      pid: 'PID|1||1||Grün^Jörg',
      orders: [],
      results: [],
    })
    expect(decode(Buffer.from(text, 'latin1'))).toEqual({ text, charset: 'latin1', damaged: false })
  })

  it('does not believe a declared Latin over GB bytes', () => {
    const text = sampleMessage({ msh: { tail: '||||||8859/1' } })
    expect(decode(encodeGb18030(text))).toEqual({ text, charset: 'gb18030', damaged: false })
  })

  it('reads and drops a byte order mark', () => {
    expect(decode(Buffer.from(`\ufeff${chinese}`))).toEqual({ text: chinese, charset: 'utf-8', damaged: false })
    expect(decode(Buffer.from(`\ufeff${chinese}`, 'utf16le')).text).toBe(chinese)
    expect(decode(Buffer.from(chinese, 'utf16le'))).toEqual({ text: chinese, charset: 'utf-16le', damaged: false })
  })

  it('knows plain ASCII', () => {
    expect(decode(Buffer.from('MSH|^~\\&|A'))).toEqual({ text: 'MSH|^~\\&|A', charset: 'ascii', damaged: false })
  })

  it('keeps UTF-8 when a field was cut in the middle of a character, and says so', () => {
    const bytes = Buffer.from(chinese)
    const at = bytes.indexOf(Buffer.from('肝功能')) + 8
    const cut = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
    const read = decode(cut)
    expect(read).toMatchObject({ charset: 'utf-8', damaged: true })
    expect(read.text).toContain('总胆红素')
  })

  it('knows a GB name whose bytes happen to be valid UTF-8', () => {
    // 模 is C4 A3 and 拢 is C2 A3: both are valid two-byte UTF-8.
    const bytes = Buffer.concat([
      Buffer.from('MSH|^~\\&|LIS\rPID|1||1||'),
      Buffer.from('c4a3c2a3', 'hex'),
      Buffer.from('\r'),
    ])
    expect(decode(bytes).text).toContain('模拢')
  })

  it.each(['μmol/L', '37.2℃', '±0.5', 'Müller', '12 µg'])('does not take UTF-8 %s for GB', (word) => {
    expect(decode(Buffer.from(`MSH|^~\\&|LIS\rOBX|1|ST|1||1|${word}`)).text).toContain(word)
  })
})

describe('encode', () => {
  const words = ['检查所见', '䶮㛃', '€', '𠀀𠮷', 'ABC 12', '阴性（-）', '\u00e9']
  it.each(words)('GB18030 of %s reads back', (word) => {
    expect(new TextDecoder('gb18030').decode(encodeGb18030(word))).toBe(word)
  })

  it.each(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const)('%s reads back', (charset) => {
    const text = sampleMessage({ msh: { type: 'ACK' } })
    expect(decode(encode(text, charset))).toEqual({ text, charset, damaged: false })
  })

  it('writes a question mark where the charset has no such sign', () => {
    expect(encode('肝ok', 'latin1').toString('latin1')).toBe('?ok')
    expect(encode('é', 'ascii').toString('latin1')).toBe('?')
  })
})
