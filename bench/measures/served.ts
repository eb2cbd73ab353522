import type { FastifyInstance } from 'fastify'
import { Agent, request } from 'node:http'
import { createServer } from '../../src/platform/http/server.ts'
import { write } from '../../src/platform/context/house.ts'
import { systemActor } from '../../src/platform/context/context.ts'
import { authenticatePatient } from '../../src/rooms/patient-access/server/index.ts'
import { authenticate, openSession } from '../../src/rooms/staff/server/index.ts'
import type { Ground } from '../ground.ts'

export interface Served {
  app: FastifyInstance
  get(path: string): Promise<{ status: number; body: string }>
  close(): Promise<void>
}

/** The house behind real HTTP on this machine, with a member of staff signed in. */
export async function serve({ house, rooms, tenant }: Ground, login: string): Promise<Served> {
  const app = await createServer({
    house,
    routes: rooms.flatMap((room) => room.routes ?? []),
    authenticate: (r) => authenticate(house, r),
    authenticatePatient: (r) => authenticatePatient(house, r),
    ready: async () => true,
    version: 'bench',
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const staff = await house.databases
    .of(tenant.id)
    .selectFrom('staff')
    .select('id')
    .where('organization_id', '=', tenant.id)
    .where('login', '=', login)
    .executeTakeFirstOrThrow()
  const token = await write(house, { tenant, actor: systemActor(tenant.id, 'bench') }, (ctx) =>
    openSession(ctx, staff.id, { secondFactor: true, address: '127.0.0.1', userAgent: 'bench' }),
  )
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const get = (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const call = request(address + path, { agent, headers: { cookie: `peiban_session=${token}` } }, (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => (body += part))
        answer.on('end', () => resolve({ status: answer.statusCode!, body }))
      })
      call.on('error', reject)
      call.end()
    })
  return {
    app,
    get,
    close: async () => {
      agent.destroy()
      await app.close()
    },
  }
}
