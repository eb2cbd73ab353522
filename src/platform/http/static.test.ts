import fastify from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { servePages } from './static.ts'

const folder = mkdtempSync(join(tmpdir(), 'peiban-pages-'))
const script = 'console.log("peiban")\n'.repeat(100)
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"></div>')
writeFileSync(join(folder, 'assets/main-abc123.js'), script)
writeFileSync(join(folder, 'assets/main-abc123.js.br'), brotliCompressSync(script))
writeFileSync(join(folder, 'assets/main-abc123.js.gz'), gzipSync(script))

const app = fastify()
app.get('/api/me', async () => ({ name: 'somebody' }))
app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'NotFound' }))
const served = await servePages(app, folder)
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

test('pages are served from a build', () => expect(served).toBe(true))

test('without a build nothing is served', async () => {
  const bare = fastify()
  expect(await servePages(bare, join(folder, 'none'))).toBe(false)
})

test.each(['/', '/patients', '/patients/0190-1?tab=results', '/deep/er/still'])('%s is the page, fresh each time', async (url) => {
  const answer = await app.inject(url)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toContain('text/html')
  expect(answer.headers['cache-control']).toBe('no-cache')
  expect(answer.body).toContain('id="root"')
})

test('a script is kept for a year and comes compressed as the browser can', async () => {
  const url = '/assets/main-abc123.js'
  const brotli = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(brotli.headers['content-type']).toContain('javascript')
  expect(brotli.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(script)
  const gzip = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
  expect(gzip.headers['content-encoding']).toBe('gzip')
  const plain = await app.inject({ url, headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toBe(script)
})

test.each(['/assets/gone-000.js', '/api/nothing', '/favicon.ico', '/..%2f..%2fetc/passwd.txt'])('%s is missing', async (url) => {
  const answer = await app.inject(url)
  expect([403, 404]).toContain(answer.statusCode)
})

test('calls go past the pages', async () => {
  expect((await app.inject('/api/me')).json()).toEqual({ name: 'somebody' })
})
