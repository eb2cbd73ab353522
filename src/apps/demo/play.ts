import { Readable } from 'node:stream'
import { dateIn, type Clock } from '../../platform/clock.ts'
import type { Actor, Tenant } from '../../platform/context/context.ts'
import { readContext, write, type House } from '../../platform/context/house.ts'
import type { Call, Room, Route } from '../../platform/context/room.ts'
import type { CallOf, Endpoint, OutputOf } from '../../platform/contract/index.ts'
import { permissionsOf } from '../../rooms/staff/contract/permissions.ts'

/** Somebody of a demonstration who acts as people do on the pages: by the endpoints, with what each of them checks. */
export interface Player {
  id: string
  name: string
  /** @param daysAgo the act is of that many days ago */
  does<E extends Endpoint>(endpoint: E, input?: CallOf<E>, daysAgo?: number): Promise<OutputOf<E>>
  /** Hands in a file, or what a machine would send. */
  hands(endpoint: Endpoint, content: string): Promise<void>
}

export interface Cast {
  staff(person: { id: string; name: string; roles: readonly string[] }): Player
  patient(person: { id: string; name: string }): Player
}

const DAY_MS = 86_400_000

/** Lets people act without a browser and without a server: the same handlers, each in its own transaction. */
export function castOf(house: House, tenant: Tenant, rooms: readonly Room[]): Cast {
  const routes = new Map(rooms.flatMap((room) => room.routes ?? []).map((route) => [route.endpoint.name, route]))
  const player = (actor: Actor): Player => ({
    id: actor.id!,
    name: actor.name,
    does: (endpoint, input, daysAgo = 0) =>
      perform(daysAgo > 0 ? since(house, daysAgo) : house, routeOf(routes, endpoint), { actor, tenant }, input),
    hands: async (endpoint, content) => {
      await perform(house, routeOf(routes, endpoint), { actor, tenant }, undefined, content)
    },
  })
  const bare = { organizationId: tenant.id }
  return {
    staff: ({ id, name, roles }) =>
      player({ ...bare, kind: 'staff', id, name, roles: [...roles], permissions: permissionsOf(roles) }),
    patient: ({ id, name }) =>
      player({ ...bare, kind: 'patient', id, name, roles: [], permissions: new Set(), sessionId: undefined }),
  }
}

function routeOf(routes: ReadonlyMap<string, Route>, endpoint: Endpoint): Route {
  const route = routes.get(endpoint.name)
  if (!route) throw new Error(`nobody serves ${endpoint.name}`)
  return route
}

/** The house as it was: only its clock goes after. */
function since(house: House, daysAgo: number): House {
  const now = () => new Date(house.clock.now().getTime() - daysAgo * DAY_MS)
  const clock: Clock = { now, today: (timeZone) => dateIn(now(), timeZone) }
  return { ...house, clock }
}

async function perform<E extends Endpoint>(
  house: House,
  { endpoint, handle }: Route,
  who: { actor: Actor; tenant: Tenant },
  given: CallOf<E> | undefined,
  content = '',
): Promise<OutputOf<E>> {
  const { permission } = endpoint.gate
  if (permission !== 'patient' && permission !== 'signed-in' && !who.actor.permissions.has(permission))
    throw new Error(`${who.actor.name} may not: ${endpoint.name}`)
  const from = (given ?? {}) as Record<'params' | 'query' | 'body', unknown>
  const part = (name: 'params' | 'query' | 'body') => endpoint[name]?.parse(from[name] ?? {})
  const input = { params: part('params'), query: part('query'), body: endpoint.upload ? undefined : part('body') }
  const call: Call = {
    house,
    method: endpoint.method,
    headers: {},
    address: '127.0.0.1',
    stream: Readable.from([Buffer.from(content)]),
    setHeader: () => {},
    setStatus: () => {},
  }
  const answer =
    endpoint.method === 'GET'
      ? await handle(readContext(house, who) as never, input as never, call)
      : await write(house, who, (ctx) => handle(ctx as never, input as never, call))
  return answer as OutputOf<E>
}
