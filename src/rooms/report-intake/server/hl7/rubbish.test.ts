import { describe, expect, it } from 'vitest'
import { answerFrame } from './ack.ts'
import { encodeGb18030 } from './gb18030.ts'
import { readFrame } from './read-message.ts'
import { sampleMessage } from './sample-message.ts'

/** A small generator with a seed (mulberry32), so that a failure can be played again. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const rich = sampleMessage({
  msh: { type: 'OUL^R24^OUL_R24', version: '2.5.1', tail: '|||AL|CHN|UNICODE UTF-8' },
  pid: 'PID|1||0012345^^^&BLH~^^^^51~11010519491231002X^^^&SFZH||ZHANG SAN^张三||19491231000000|1|||||^^^^^^13900001111',
  visit: ['NTE|1||空腹\\.br\\晨起', 'PV1|1|T|体检中心'],
  results: [
    'OBX|0|ST|1001^*总胆红素^^TBIL||> 6.22|10^9/L|0.0000-10.0000|L~N|||1',
    'OBX|1|ED|P^PDF||^application^pdf^Base64^JVBE',
    'OBX|2|SN|T^titre||^1^:^128',
    'SPM|1|S1&A^S1&B',
  ],
})
const seeds = [
  rich,
  sampleMessage(),
  sampleMessage({ msh: { type: 'MDM^T02' }, visit: ['TXA|1|EC|TX'] }),
  sampleMessage({ msh: { type: 'ADT^A08' } }),
  rich + rich,
]
const originals = [...seeds.map((text) => Buffer.from(text)), encodeGb18030(rich), Buffer.from(rich, 'utf16le')]
const SIGNS = Buffer.from('|^~\\&\r\n\u0000\u000b\u001cMSHOBX"0-9.<>Xx')

function spoil(bytes: Buffer, roll: (below: number) => number): Buffer {
  const spoiled = Buffer.from(bytes)
  const hits = 1 + roll(12)
  for (let hit = 0; hit < hits; hit++) {
    const at = roll(spoiled.length)
    spoiled[at] = roll(2) === 0 ? roll(256) : (SIGNS[roll(SIGNS.length)] ?? 0)
  }
  const from = roll(4) === 0 ? roll(spoiled.length) : 0
  const to = roll(3) === 0 ? roll(spoiled.length) : spoiled.length
  const cut = spoiled.subarray(Math.min(from, to), Math.max(from, to))
  return roll(6) === 0 ? Buffer.concat([cut, bytes.subarray(roll(bytes.length))]) : cut
}

function check(bytes: Buffer): void {
  const frame = readFrame(bytes)
  if (frame.messages.length === 0) throw new Error('no outcome')
  for (const { outcome } of frame.messages) {
    if (outcome.kind === 'refused' && outcome.code === 'unreadable')
      throw new Error('a fault was caught that should not be there')
  }
  answerFrame(frame, { nextId: () => 'A1', at: new Date(0) })
}

describe('rubbish', () => {
  it('spoiled and cut messages have outcomes, each time', () => {
    for (let seed = 1; seed <= 6000; seed++) {
      const roll = dice(seed)
      const bytes = spoil(originals[roll(originals.length)] ?? Buffer.alloc(0), roll)
      expect(() => check(bytes), `seed ${seed}`).not.toThrow()
    }
  })

  it('messages cut at every byte have outcomes', () => {
    const bytes = Buffer.from(rich)
    for (let end = 0; end <= bytes.length; end++)
      expect(() => check(bytes.subarray(0, end)), `cut at ${end}`).not.toThrow()
  })

  it('noise has an outcome', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const roll = dice(seed)
      const noise = Buffer.from(Array.from({ length: roll(400) }, () => roll(256)))
      expect(() => check(Buffer.concat([Buffer.from('MSH|'), noise])), `seed ${seed}`).not.toThrow()
      expect(() => check(noise), `seed ${seed}`).not.toThrow()
    }
  })

  it('hostile sizes are read in reasonable time', () => {
    const many = (piece: string, count: number): Buffer => Buffer.from(sampleMessage() + piece.repeat(count))
    for (const bytes of [
      many('|', 200_000),
      many('\\', 200_000),
      many('^~&', 100_000),
      many('\r', 200_000),
      many('OBX|\r', 20_000),
      many('MSH|\r', 5_000),
      many('张 ', 50_000),
    ]) {
      const started = performance.now()
      check(bytes)
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})
