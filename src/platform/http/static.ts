import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const YEAR_SECONDS = 31_536_000

/**
 * Serves the built pages: files whose name carries a hash for a year, the page itself fresh each time, and the page for
 * every address that is neither a file nor under `/api`, since the pages' addresses are their own. Does nothing when
 * there is no build: the API then stands alone.
 * @param folder where `vite build` wrote, with `.br` and `.gz` beside the files; may be built anew while it is served
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'index.html'))) return false
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/assets/',
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', cacheOf(path)),
  })
  app.get('/*', async (request, reply) => {
    const [path = ''] = request.url.split('?')
    if (path === '/api' || path.startsWith('/api/')) return reply.callNotFound()
    return reply.sendFile(isFile(path) ? path : 'index.html')
  })
  return true
}

/**
 * Serves a second site on some addresses: the pages of patients, whose files lie under a folder of their own name. To be
 * called after `servePages`, which brings what sends files. Does nothing when there is no build.
 * @param prefixes first parts of its pages' addresses: `fill` for `/fill` and `/fill/…`
 * @param assets the folder of its files, and the first part of their addresses
 */
export function serveSite(app: FastifyInstance, folder: string, { prefixes, assets }: { prefixes: string[]; assets: string }): void {
  if (!existsSync(join(folder, 'index.html'))) return
  for (const prefix of prefixes.flatMap((one) => [one, `${one}/*`]))
    app.get(`/${prefix}`, async (_request, reply) => reply.sendFile('index.html', folder))
  app.get(`/${assets}/*`, async (request, reply) => reply.sendFile(request.url.split('?')[0]!, folder))
}

/** A missing script or picture is missing; answering with the page would break the browser in a strange way. */
function isFile(path: string): boolean {
  return path.startsWith('/assets/') || /\.\w{2,5}$/.test(path)
}

function cacheOf(path: string): string {
  return /[/\\](?:assets|p)[/\\][^/\\]+$/.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache'
}
