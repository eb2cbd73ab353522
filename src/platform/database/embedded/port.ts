import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { StartRefused } from './refusal.ts'

/** Below the ports that systems lend to outgoing connections (from 32768), so that ours is free again next time. */
const FROM = 15_432
const TO = 25_432

/**
 * The port asked for, or the one of the last start if it is free, or any free one (kept for the next start).
 * @throws StartRefused `PortTaken` when the port asked for is not free
 */
export async function choosePort(home: string, asked?: number): Promise<number> {
  if (asked !== undefined) {
    if (!(await isFree(asked))) throw new StartRefused('PortTaken', { port: asked })
    return asked
  }
  const file = join(home, 'port')
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined
  if (last && (await isFree(last))) return last
  for (let round = 0; round < 100; round++) {
    const port = randomInt(FROM, TO)
    if (!(await isFree(port))) continue
    writeFileSync(file, `${port}\n`)
    return port
  }
  throw new StartRefused('PortTaken', { port: `${FROM}–${TO}` })
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
