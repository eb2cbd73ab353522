import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AckJournal, type JournalEntry } from './ack-journal.ts'
import { dropJournals, isProcessOver, ownerOf, replayJournals } from './replay.ts'

const aFolder = () => mkdtempSync(join(tmpdir(), 'peiban-journal-'))
const OVER = () => true
const mark = (id: string): JournalEntry => ({ kind: '>', id })
const taken = (id: string, reply = '250 Ok'): JournalEntry => ({ kind: '+', id, reply })
const refused = (id: string, reply = '451 later'): JournalEntry => ({ kind: '-', id, reply })
const undone = (id: string): JournalEntry => ({ kind: '~', id })

describe('what a journal says afterwards', () => {
  test.each<[string, JournalEntry[], { accepted?: string[]; refused?: string[]; inDoubt?: string[] }]>([
    ['marked and taken', [mark('a'), taken('a')], { accepted: ['a'] }],
    ['marked only', [mark('a')], { inDoubt: ['a'] }],
    ['refused after the dot', [mark('a'), refused('a')], { refused: ['a'] }],
    ['not sent after all', [mark('a'), undone('a')], {}],
    ['not sent after all, then taken', [mark('a'), undone('a'), mark('a'), taken('a')], { accepted: ['a'] }],
    ['refused, tried again, in doubt', [mark('a'), refused('a'), mark('a')], { inDoubt: ['a'] }],
    ['taken stays taken', [mark('a'), taken('a'), mark('a')], { accepted: ['a'] }],
    [
      'several at once',
      [mark('a'), mark('b'), mark('c'), taken('b'), refused('c')],
      { accepted: ['b'], refused: ['c'], inDoubt: ['a'] },
    ],
  ])('%s', (_name, entries, wanted) => {
    const folder = aFolder()
    const journal = new AckJournal({ folder, owner: 'one-1' })
    for (const entry of entries) journal.append([entry])
    const replay = replayJournals(folder, OVER)
    expect({
      accepted: [...replay.accepted.keys()],
      refused: [...replay.refused.keys()],
      inDoubt: [...replay.inDoubt],
    }).toEqual({
      accepted: [],
      refused: [],
      inDoubt: [],
      ...wanted,
    })
  })

  test('with what the server said, on one line', () => {
    const folder = aFolder()
    new AckJournal({ folder, owner: 'one-1' }).append([mark('<a@b>'), taken('<a@b>', '250 2.0.0\r\n+ c queued 好')])
    const replay = replayJournals(folder, OVER)
    expect([...replay.accepted]).toEqual([['<a@b>', '250 2.0.0 + c queued 好']])
  })

  test('a torn last line counts as not written, wherever it was torn', () => {
    const folder = aFolder()
    const journal = new AckJournal({ folder, owner: 'one-1' })
    journal.append([mark('first'), taken('first'), mark('second'), taken('second', '250 好')])
    const path = join(folder, readdirSync(folder)[0]!)
    const whole = readFileSync(path, 'utf8')
    const size = Buffer.byteLength(whole)
    const before = Buffer.byteLength(whole.slice(0, whole.indexOf('+ second')))
    const marked = Buffer.byteLength(whole.slice(0, whole.indexOf('> second')))
    for (let length = size - 1; length >= marked; length--) {
      truncateSync(path, length)
      const replay = replayJournals(folder, OVER)
      expect([...replay.accepted.keys()]).toEqual(['first'])
      expect([...replay.inDoubt]).toEqual(length >= before ? ['second'] : [])
    }
  })

  test('rubbish in the middle costs nothing but itself', () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'x-1.000001.journal'), '> a\n\0\0\0\u0001\n+ a 250\nnonsense\n> b\n')
    const replay = replayJournals(folder, OVER)
    expect([[...replay.accepted.keys()], [...replay.inDoubt]]).toEqual([['a'], ['b']])
  })

  test('no folder yet: nothing to say', () => {
    expect(replayJournals(join(aFolder(), 'none'), OVER)).toMatchObject({ files: [], inDoubt: new Set() })
  })
})

describe('files', () => {
  test('a new one begins in time; an old one goes when the ledger knows all in it', () => {
    const folder = aFolder()
    const journal = new AckJournal({ folder, owner: 'one-1', rotateBytes: 200 })
    const ids = Array.from({ length: 40 }, (_, n) => `mail-${n}`)
    for (const id of ids) journal.append([mark(id), taken(id)])
    const count = readdirSync(folder).length
    expect(count).toBeGreaterThan(3)
    expect(replayJournals(folder, OVER).accepted.size).toBe(40)
    journal.forget(ids.slice(0, 20))
    expect(readdirSync(folder).length).toBeLessThan(count)
    expect(journal.openCount).toBe(20)
    for (const id of ids.slice(20)) expect(replayJournals(folder, OVER).accepted.has(id)).toBe(true)
    journal.forget(ids)
    expect(readdirSync(folder)).toHaveLength(1)
    journal.close()
    expect(readdirSync(folder)).toEqual([])
  })

  test('what the ledger has not been told of outlives closing', () => {
    const folder = aFolder()
    const journal = new AckJournal({ folder, owner: 'one-1' })
    journal.append([mark('a'), taken('a')])
    journal.close()
    const replay = replayJournals(folder, OVER)
    expect(replay.accepted.has('a')).toBe(true)
    dropJournals(replay)
    expect(readdirSync(folder)).toEqual([])
  })

  test('nobody else reads them, and no owner overwrites another', () => {
    const folder = join(aFolder(), 'new')
    new AckJournal({ folder, owner: 'one-1', sync: true }).append([mark('a')])
    const [name] = readdirSync(folder)
    expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(() => new AckJournal({ folder, owner: 'one-1' })).toThrow(/EEXIST/)
    expect(() => new AckJournal({ folder, owner: '../one' })).toThrow(TypeError)
  })

  test.each([['a b'], ['a\nb'], [''], ['好']])('an id that would tear a line is refused: %j', (id) => {
    const journal = new AckJournal({ folder: aFolder(), owner: 'one-1' })
    expect(() => journal.append([mark(id)])).toThrow(TypeError)
  })
})

describe('whose process is over', () => {
  test('living ones keep theirs; the dead give theirs up, also one with our own number', () => {
    const folder = aFolder()
    const dead = spawnSync(process.execPath, ['-e', '0']).pid
    const self = ownerOf(process.pid, 2)
    for (const owner of [self, ownerOf(process.pid, 1), ownerOf(process.ppid, 1), ownerOf(dead, 1)])
      new AckJournal({ folder, owner }).append([mark(`of-${owner}`)])
    const replay = replayJournals(folder, isProcessOver(self))
    expect([...replay.inDoubt].sort()).toEqual([`of-${ownerOf(process.pid, 1)}`, `of-${ownerOf(dead, 1)}`].sort())
    dropJournals(replay)
    expect(readdirSync(folder)).toHaveLength(2)
  })
})
