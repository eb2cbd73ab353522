import { expect, test } from 'vitest'
import { aHouse } from '../../test/house.ts'

const { app, rooms } = await aHouse()

test('every endpoint of the house can be described, and is', async () => {
  const { paths } = (await app.inject('/api/openapi.json')).json() as { paths: Record<string, object> }
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const endpoints = rooms
    .flatMap((room) => room.routes ?? [])
    .map(({ endpoint }) => `${endpoint.method.toLowerCase()} /api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`)
  expect(endpoints.length).toBeGreaterThan(100)
  expect(described.toSorted()).toEqual(endpoints.toSorted())
})
