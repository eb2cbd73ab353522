import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadRooms } from '../../apps/rooms.ts'
import { endpoint } from '../contract/endpoint.ts'
import { pageOf, pageQuery, patientId } from '../contract/words.ts'
import { describeApi } from './openapi.ts'
import { apiPage } from './openapi-page.ts'

type Operation = {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }
  responses: { 200: { content: Record<string, { schema: Record<string, unknown> }> }; default: { description: string } }
  security: object[]
}
const operationsOf = (description: Record<string, unknown>) =>
  Object.entries(description['paths'] as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

describe('an endpoint in OpenAPI', () => {
  const audit = { action: 'probe.look', patient: 'patientId' }
  const look = endpoint({
    name: 'probe.look',
    method: 'GET',
    path: '/patients/:patientId/probes',
    summary: 'Look <now>',
    gate: { permission: 'patient.read', audit },
    params: z.object({ patientId }),
    query: pageQuery,
    output: pageOf(z.object({ label: z.string() })),
    problems: ['NotFound'],
  })
  const take = endpoint({
    name: 'probe.take',
    method: 'POST',
    path: '/patients/:patientId/probes',
    summary: 'Take',
    gate: { permission: 'public', audit: { none: 'a test' } },
    params: z.object({ patientId }),
    body: z.object({ label: z.string(), note: z.string().default('') }),
    output: z.object({ at: z.string() }),
  })
  const description = describeApi([look, take], '1.2.3')
  const find = (name: string) => operationsOf(description).find(({ operation }) => operation.operationId === name)!

  test('keeps both methods of one path', () => {
    expect(description).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } })
    expect(operationsOf(description).map(({ path, method }) => `${method} ${path}`)).toEqual([
      'get /api/patients/{patientId}/probes',
      'post /api/patients/{patientId}/probes',
    ])
  })

  test('tells its parameters, and which are needed', () => {
    const { parameters } = find('probe.look').operation
    expect(parameters.map((p) => [p.in, p.name, p.required])).toEqual([
      ['path', 'patientId', true],
      ['query', 'cursor', false],
      ['query', 'limit', false],
    ])
  })

  test('tells what goes in and what comes out', () => {
    const { requestBody, responses } = find('probe.take').operation
    expect(requestBody!.content['application/json']!.schema).toMatchObject({ type: 'object', required: ['label'] })
    expect(responses[200].content['application/json']!.schema).toMatchObject({ properties: { at: { type: 'string' } } })
  })

  test('tells who may, and how it may be refused', () => {
    expect(find('probe.look').operation).toMatchObject({
      description: 'Permission `patient.read`; audited as `probe.look`.',
      security: [{ session: [] }, { key: [] }],
    })
    expect(find('probe.look').operation.responses.default.description).toBe(
      'Refused: NotPermitted, InvalidInput, NotFound',
    )
    expect(find('probe.take').operation.security).toEqual([])
  })

  test('is shown on the page, and its words cannot become markup', () => {
    const page = apiPage(description)
    expect(page).toContain('Look &lt;now&gt;')
    expect(page).not.toContain('<now>')
    expect(page).not.toMatch(/<script/i)
  })
})

describe('the whole house', async () => {
  const endpoints = (await loadRooms()).flatMap((room) => room.routes ?? []).map((route) => route.endpoint)
  const description = describeApi(endpoints, '1.2.3')

  test('no two endpoints share a name, or a method and path', () => {
    expect(new Set(endpoints.map((e) => e.name)).size).toBe(endpoints.length)
    expect(operationsOf(description)).toHaveLength(endpoints.length)
  })

  test('each endpoint is described: what it takes, what it gives, each of its path parameters', () => {
    const operations = new Map(operationsOf(description).map(({ operation }) => [operation.operationId, operation]))
    const wrong = endpoints.filter((e) => {
      const operation = operations.get(e.name)
      const inPath = [...e.path.matchAll(/:(\w+)/g)].map((match) => match[1])
      const named = operation?.parameters.filter((p) => p.in === 'path').map((p) => p.name) ?? []
      const answer = Object.values(operation?.responses[200].content ?? {})[0]?.schema
      return (
        !operation ||
        !answer ||
        inPath.toSorted().join() !== named.toSorted().join() ||
        Boolean(e.body ?? e.upload) !== Boolean(operation.requestBody)
      )
    })
    expect(wrong.map((e) => e.name)).toEqual([])
  })

  test('it can be sent and read again', () => {
    expect(JSON.parse(JSON.stringify(description))).toEqual(description)
  })

  test('its page lists every call once', () => {
    const page = apiPage(description)
    const listed = [...page.matchAll(/<details id="([^"]+)">/g)].map((match) => match[1])
    expect(listed.toSorted()).toEqual(endpoints.map((e) => e.name).toSorted())
    expect(page).not.toContain('undefined')
  })
})
