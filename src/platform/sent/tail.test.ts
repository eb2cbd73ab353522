import { appendFileSync, mkdtempSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { travellingClock } from '../clock.ts'
import { uuidV7Ids } from '../ids.ts'
import { isLater, openSentTail, type Mark, type SentTailOptions } from './tail.ts'

const clock = travellingClock(new Date().toISOString())
const aFolder = () => mkdtempSync(join(tmpdir(), 'peiban-sent-'))
let processes = 0
const open = (folder: string, over: Partial<SentTailOptions> = {}) =>
  openSentTail({ folder, owner: `process-${(processes += 1)}`, clock, ids: uuidV7Ids(clock), ...over })
const mark = (name: string): Mark => ({ exact: `e-${name}`, kind: `k-${name}` })
const place = (position: number, epoch = 0) => ({ epoch, position })
const ALL = place(0)

test('what was taken, what was not, and what nobody knows of', () => {
  const folder = aFolder()
  const tail = open(folder)
  tail.begin('one', place(1), [mark('a'), mark('b'), mark('c'), mark('m')]).taken([true, false, true, undefined])
  tail.reached('one', place(2))
  tail.begin('one', place(3), [mark('d')])
  tail.begin('two', place(7), [mark('z')]).taken([true])
  const names = (from = ALL) =>
    open(folder)
      .since('one', from)
      .map(({ exact, certain }) => `${exact} ${certain}`)
  expect(names()).toEqual(['e-a true', 'e-c true', 'e-m false', 'e-d false'])
  // A database of just that moment may have begun it and not have heard the end.
  expect(names(place(1))).toHaveLength(4)
  expect(names(place(2))).toEqual(['e-d false'])
  expect(names(place(4))).toEqual([])
  expect(open(folder).newest('one')).toEqual(place(3))
  expect(open(folder).newest('three')).toBeUndefined()
  expect(open(folder).id).toBe(tail.id)
})

test('a later epoch is later whatever the number', () => {
  expect(isLater(place(1, 2), place(900, 1))).toBe(true)
  expect(isLater(place(900, 1), place(1, 2))).toBe(false)
  expect(isLater(place(1), place(1))).toBe(false)
})

test('processes beside each other keep their own, and the newest is that of all', () => {
  const folder = aFolder()
  const [a, b] = [open(folder), open(folder)]
  a.begin('one', place(5), [mark('a')]).taken([true])
  b.begin('one', place(6), [mark('b')]).taken([true])
  expect(open(folder).newest('one')).toEqual(place(6))
  expect(
    open(folder)
      .since('one', ALL)
      .map(({ exact }) => exact)
      .toSorted(),
  ).toEqual(['e-a', 'e-b'])
})

test('a line that was torn counts as not written, wherever it was torn', () => {
  const folder = aFolder()
  const tail = open(folder)
  tail.begin('one', place(1), [mark('a')]).taken([true])
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.tail'))
  const path = join(folder, name!)
  const before = statSync(path).size
  tail.begin('one', place(2), [mark('b')])
  for (let length = statSync(path).size - 1; length > before; length--) {
    truncateSync(path, length)
    expect(
      open(folder)
        .since('one', ALL)
        .map(({ exact }) => exact),
    ).toEqual(['e-a'])
  }
  // Rubbish in the middle costs nothing but itself.
  appendFileSync(path, '\0\u0001nonsense')
  tail.begin('one', place(3), [mark('c')]).taken([true])
  expect(
    open(folder)
      .since('one', ALL)
      .map(({ exact }) => exact),
  ).toEqual(['e-a', 'e-c'])
})

test('is bounded: by size a file, by size and age all of them; nobody else reads it', () => {
  const folder = aFolder()
  const tail = open(folder, { rotateBytes: 300 })
  for (let n = 1; n <= 40; n++) tail.begin('one', place(n), [mark(`m${n}`)]).taken([true])
  const files = () => readdirSync(folder).filter((one) => one.endsWith('.tail'))
  expect(files().length).toBeGreaterThan(5)
  expect(statSync(join(folder, files()[0]!)).mode & 0o777).toBe(0o600)
  expect(open(folder).since('one', ALL)).toHaveLength(40)
  open(folder, { keptBytes: 900 })
  const kept = open(folder).since('one', ALL)
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(20)
  clock.advance({ hours: 61 * 24 })
  open(folder)
  expect(files()).toEqual([])
})
