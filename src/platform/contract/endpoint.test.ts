import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { endpoint, type AnswerOf, type CallOf, type InputOf, type OutputOf } from './endpoint.ts'
import { pageOf, pageQuery, patientId } from './words.ts'

const look = endpoint({
  name: 'probe.look',
  method: 'GET',
  path: '/probes/:patientId',
  summary: 'Look',
  gate: { permission: 'signed-in', audit: { none: 'a test' } },
  params: z.object({ patientId }),
  query: pageQuery,
  output: pageOf(z.object({ label: z.string(), at: z.string().default('') })),
})

const ping = endpoint({
  name: 'probe.ping',
  method: 'POST',
  path: '/probes',
  summary: 'Ping',
  gate: { permission: 'public', audit: { none: 'a test' } },
  output: z.object({}),
})

test('a handler gets what was parsed, a caller gives what will be', () => {
  expectTypeOf<InputOf<typeof look>['query']>().toEqualTypeOf<{ cursor?: string | undefined; limit: number }>()
  expectTypeOf<CallOf<typeof look>['params']>().toEqualTypeOf<{ patientId: string }>()
  expectTypeOf<OutputOf<typeof look>['rows']>().toEqualTypeOf<{ label: string; at: string }[]>()
  expectTypeOf<AnswerOf<typeof look>['rows']>().toEqualTypeOf<{ label: string; at?: string | undefined }[]>()
  expect(look.query.parse({ limit: '20' })).toEqual({ limit: 20 })
})

test('parts that are not declared need not be given', () => {
  expectTypeOf<Record<never, never>>().toExtend<CallOf<typeof ping>>()
  expect(ping).toMatchObject({ params: undefined, query: undefined, body: undefined })
})

test('an endpoint without a gate does not compile', () => {
  // @ts-expect-error the gate is missing
  const bare = endpoint({ name: 'probe.bare', method: 'GET', path: '/bare', summary: 'Bare', output: z.object({}) })
  expect(bare.gate).toBeUndefined()
})

test.each([
  ['a page of nothing', { limit: '0' }],
  ['a page of everything', { limit: '201' }],
  ['half a row', { limit: '1.5' }],
  ['an endless cursor', { cursor: 'x'.repeat(401) }],
])('%s is refused', (_what, query) => {
  expect(pageQuery.safeParse(query).success).toBe(false)
})
