import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { aheadOf, openAhead, partsFor } from './ahead.ts'
import { fetched } from './fetched.ts'
import { EMPTY_SLOTS, type Collected } from './slots.ts'

const client = new QueryClient()

test('everything is asked at once, and nobody waits for the answers', async () => {
  const asked: string[] = []
  const asks = (name: string) => () => [
    async () => {
      asked.push(name)
      await new Promise(() => undefined)
    },
  ]
  const script = fetched(async () => () => null)
  let isHere = false
  const slow = fetched(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    isHere = true
    return () => null
  })
  await openAhead(client, [
    { asks: asks('who it is') },
    { component: script, asks: asks('cards') },
    { component: slow },
  ])
  expect(asked).toEqual(['who it is', 'cards'])
  expect(isHere, 'the scripts are waited for').toBe(true)
})

test('a part is asked with its properties, one that asks nothing only brings its script', async () => {
  const seen: string[] = []
  const part = {
    component: 'a component',
    asks: ({ patientId }: { patientId: string }) => {
      seen.push(patientId)
      return []
    },
  }
  await openAhead(client, [aheadOf(part, { patientId: 'p1' }), aheadOf({ component: 'another' }, { patientId: 'p1' })])
  expect(seen).toEqual(['p1'])
})

test('parts come in order, and none that the reader may not see', () => {
  const part = (key: string, order: number, permission?: string) => ({
    key,
    order,
    room: 'card',
    component: () => null,
    permission,
  })
  const slots = {
    ...EMPTY_SLOTS,
    topBarParts: [part('late', 20), part('hidden', 1, 'audit.read'), part('early', 10, 'card.open')],
  } as unknown as Collected
  const keys = (permissions: string[]) => partsFor(slots, 'topBarParts', { permissions }).map(({ key }) => key)
  expect(keys(['card.open'])).toEqual(['early', 'late'])
  expect(keys(['audit.read'])).toEqual(['hidden', 'late'])
})
