import { beforeEach, expect, test } from 'vitest'
import { ApiProblem } from '../web/api/api-problem.ts'
import { waitingLine } from './waiting-line.ts'

const store = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  },
})
const { waiting, put: putWaiting, drop: dropWaiting, send: sendWaiting } = waitingLine('peiban.ticks')
const tick = (clientId: string) => ({ clientId, on: '2026-03-02', outcome: 'done' })
const idsWaiting = () => waiting().map(({ clientId }) => clientId)

beforeEach(() => store.clear())

test('without a line they wait in their order, and go when it is back', async () => {
  putWaiting(tick('a'))
  putWaiting(tick('b'))
  const offline = () => Promise.reject(new ApiProblem({ status: 0, code: 'Unreached' }))
  expect(await sendWaiting(offline)).toBe(2)
  const sent: string[] = []
  expect(await sendWaiting(async ({ clientId }) => void sent.push(clientId))).toBe(0)
  expect(sent).toEqual(['a', 'b'])
  expect(store.size).toBe(0)
})

test('what is refused goes, what the server could not take stays', async () => {
  putWaiting(tick('a'))
  putWaiting(tick('b'))
  const answers = [
    new ApiProblem({ status: 422, code: 'CheckInTooLate' }),
    new ApiProblem({ status: 503, code: 'Busy' }),
  ]
  expect(await sendWaiting(() => Promise.reject(answers.shift()!))).toBe(1)
  expect(idsWaiting()).toEqual(['b'])
})

test('after the end of a session they wait for the next', async () => {
  putWaiting(tick('a'))
  expect(await sendWaiting(() => Promise.reject(new ApiProblem({ status: 401, code: 'NotSignedIn' })))).toBe(1)
})

test('the same tick waits once, and rubbish in the store is nothing', () => {
  putWaiting(tick('a'))
  putWaiting(tick('a'))
  expect(idsWaiting()).toEqual(['a'])
  store.set('peiban.ticks', '{broken')
  expect(waiting()).toEqual([])
})

test('what is taken back while another is on its way is not sent', async () => {
  putWaiting(tick('a'))
  putWaiting(tick('b'))
  const sent: string[] = []
  await sendWaiting(async ({ clientId }) => {
    sent.push(clientId)
    dropWaiting('b')
  })
  expect(sent).toEqual(['a'])
})
