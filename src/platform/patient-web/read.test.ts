import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { endpoint } from '../contract/index.ts'
import { read } from './read.ts'

const gate = { permission: 'patient', audit: { none: 'a test of reading' } } as const
const output = z.object({ said: z.string() })
const own = (name: string) =>
  endpoint({
    name: `probe.${name}`,
    method: 'GET',
    path: `/my/${name}`,
    summary: name,
    gate,
    query: z.object({ limit: z.number().optional() }),
    output,
  })
const [plan, media] = [own('plan'), own('media')]
const elsewhere = endpoint({ name: 'probe.fill', method: 'GET', path: '/fill', summary: 'Fill', gate, output })

let asked: string[] = []
let answer: (address: string) => Response
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(decodeURIComponent(address))
    return answer(address)
  })
})
afterEach(() => vi.unstubAllGlobals())
const staying = () => new AbortController().signal
const fine = (said: string) => ({ status: 200, body: { said } })

test('what is asked in one moment travels as one call, and comes back to whoever asked', async () => {
  answer = () => Response.json([fine('a plan'), fine('pictures')])
  const answers = await Promise.all([read(plan, {}, staying()), read(media, { query: { limit: 3 } }, staying())])
  expect(answers).toEqual([{ said: 'a plan' }, { said: 'pictures' }])
  expect(asked).toEqual(['/api/my/several?ask=/my/plan&ask=/my/media?limit=3'])
})

test('one alone is asked as it is, and so is what is not one’s own', async () => {
  answer = () => Response.json({ said: 'alone' })
  expect(await read(plan, {}, staying())).toEqual({ said: 'alone' })
  await Promise.all([read(elsewhere, {}, staying()), read(media, {}, staying())])
  expect(asked.toSorted()).toEqual(['/api/fill', '/api/my/media', '/api/my/plan'])
})

test('what two ask alike is asked once', async () => {
  answer = () => Response.json([fine('a plan'), fine('pictures')])
  const answers = await Promise.all([plan, media, plan].map((one) => read(one, {}, staying())))
  expect(answers.map(({ said }) => said)).toEqual(['a plan', 'pictures', 'a plan'])
  expect(asked).toEqual(['/api/my/several?ask=/my/plan&ask=/my/media'])
})

test('one that is refused says why; the others are shown', async () => {
  answer = () => Response.json([{ status: 404, body: { code: 'NotFound', title: '没有找到。' } }, fine('pictures')])
  const [refused, shown] = await Promise.allSettled([read(plan, {}, staying()), read(media, {}, staying())])
  expect(refused).toMatchObject({ status: 'rejected', reason: { status: 404, code: 'NotFound', title: '没有找到。' } })
  expect(shown).toMatchObject({ status: 'fulfilled', value: { said: 'pictures' } })
})

test('where nobody is reached everybody is told', async () => {
  answer = () => {
    throw new TypeError('failed to fetch')
  }
  const told = await Promise.allSettled([plan, media].map((one) => read(one, {}, staying())))
  expect(told).toMatchObject([{ reason: { status: 0 } }, { reason: { status: 0 } }])
})

test('whoever has left is not asked for', async () => {
  answer = () => Response.json({ said: 'pictures' })
  const leaving = new AbortController()
  void read(plan, {}, leaving.signal)
  const stays = read(media, {}, staying())
  leaving.abort()
  await stays
  expect(asked).toEqual(['/api/my/media'])
})
