import { expect, test } from 'vitest'
import { createPieceQueue, type QueuedPiece } from './piece-queue.ts'

const aPiece = (number: number): QueuedPiece => ({
  number,
  key: `k${number}`,
  blob: new Blob(['x']),
  durationMs: 4000,
  peaks: [],
})

/** A line that is down for so many sends. */
function line({ fails = 0, refuses }: { fails?: number; refuses?: number } = {}) {
  const arrived: number[] = []
  const pauses: number[] = []
  let tries = 0
  const queue = createPieceQueue({
    send: async ({ number }) => {
      if (tries++ < fails) throw new Error('unreached')
      if (number === refuses) throw new Error('refused')
      arrived.push(number)
    },
    mayRetry: (error) => (error as Error).message === 'unreached',
    wait: async (ms) => void pauses.push(ms),
  })
  return { queue, arrived, pauses }
}

test('pieces arrive in their order, each once', async () => {
  const { queue, arrived } = line()
  for (const number of [0, 1, 2]) queue.add(aPiece(number))
  expect(queue.waiting()).toBe(3)
  await queue.settled()
  expect(arrived).toEqual([0, 1, 2])
  queue.add(aPiece(3))
  await queue.settled()
  expect([arrived, queue.waiting()]).toEqual([[0, 1, 2, 3], 0])
})

test('while the line is down they wait, longer each time, and go when it is back', async () => {
  const { queue, arrived, pauses } = line({ fails: 6 })
  for (const number of [0, 1]) queue.add(aPiece(number))
  await queue.settled()
  expect(arrived).toEqual([0, 1])
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
})

test('a refusal ends it: nothing more is kept or sent', async () => {
  const { queue, arrived } = line({ refuses: 1 })
  for (const number of [0, 1, 2]) queue.add(aPiece(number))
  await queue.settled()
  queue.add(aPiece(3))
  expect([arrived, queue.waiting(), queue.refusal()?.message]).toEqual([[0], 0, 'refused'])
})
