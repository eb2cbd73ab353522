import { expect, test } from 'vitest'
import { aHouse } from '../../test/house.ts'
import { readSeveral } from '../platform/http/several.ts'

const { app, rooms } = await aHouse()

test('every endpoint of the house can be described, and is', async () => {
  const { paths } = (await app.inject('/api/openapi.json')).json() as { paths: Record<string, object> }
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const endpoints = [...rooms.flatMap((room) => room.routes ?? []).map(({ endpoint }) => endpoint), readSeveral].map(
    (endpoint) => `${endpoint.method.toLowerCase()} /api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
  )
  expect(endpoints.length).toBeGreaterThan(100)
  expect(described.toSorted()).toEqual(endpoints.toSorted())
})

test('several reads in one call are described as they are asked and answered', async () => {
  const { paths } = (await app.inject('/api/openapi.json')).json() as { paths: Record<string, Record<string, object>> }
  expect(paths['/api/my/several']!['get']).toMatchObject({
    operationId: 'my.readSeveral',
    security: [{ patient: [] }],
    parameters: [
      {
        name: 'ask',
        in: 'query',
        required: true,
        schema: { type: 'array', minItems: 1, maxItems: 24, items: { type: 'string' } },
      },
    ],
    responses: {
      200: {
        content: {
          'application/json': {
            schema: {
              type: 'array',
              items: { required: ['status', 'body'], properties: { status: { type: 'integer' } } },
            },
          },
        },
      },
    },
  })
  expect((await app.inject('/api/docs')).body).toContain('my.readSeveral')
})
