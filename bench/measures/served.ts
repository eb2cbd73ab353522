import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ensureStaffWeb } from '../../bin/launcher/staff-web.mjs'
import { createServer } from '../../src/platform/http/server.ts'
import { servePages } from '../../src/platform/http/static.ts'
import { write } from '../../src/platform/context/house.ts'
import { systemActor } from '../../src/platform/context/context.ts'
import { authenticatePatient } from '../../src/rooms/patient-access/server/index.ts'
import { authenticate, openSession } from '../../src/rooms/staff/server/index.ts'
import type { Ground } from '../ground.ts'

const ROOT = join(import.meta.dirname, '../..')

export interface Served {
  app: FastifyInstance
  /** `http://127.0.0.1:port` */
  url: string
  /** The session of whoever is signed in, for a cookie. */
  token: string
  get(path: string): Promise<{ status: number; body: string }>
  /** Asks for each path from a thread of its own, `width` at once. @returns the milliseconds of each */
  ask(paths: readonly string[], width: number): Promise<number[]>
  close(): Promise<void>
}

/**
 * The house behind real HTTP on this machine, with a member of staff signed in.
 * @param pages serves the staff web too, built anew where its sources have changed
 */
export async function serve(
  { house, rooms, tenant }: Ground,
  login: string,
  { pages = false }: { pages?: boolean } = {},
): Promise<Served> {
  const app = await createServer({
    house,
    routes: rooms.flatMap((room) => room.routes ?? []),
    authenticate: (r) => authenticate(house, r),
    authenticatePatient: (r) => authenticatePatient(house, r),
    ready: async () => true,
    version: 'bench',
  })
  if (pages) {
    await ensureStaffWeb(ROOT)
    await servePages(app, join(ROOT, 'dist/staff'))
  }
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
  const asker = new Worker(new URL('asker.ts', import.meta.url), { workerData: { url: address, token } })
  const ask = async (paths: readonly string[], width: number): Promise<number[]> => {
    asker.postMessage({ paths: [...paths], width })
    const [answer] = (await once(asker, 'message')) as [{ times?: number[]; failed?: string }]
    if (!answer.times) throw new Error(answer.failed)
    return answer.times
  }
  return {
    app,
    url: address,
    token,
    get,
    ask,
    close: async () => {
      agent.destroy()
      await asker.terminate()
      await app.close()
    },
  }
}
