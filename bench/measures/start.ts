import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { startEmbedded } from '../../src/platform/database/embedded.ts'
import { print, round, type Ground } from '../ground.ts'
import { freePort, isReady, pause, rssMbOfTree } from './process.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Seconds from the command to `/readyz`, on the bench's own data, and the memory of the server. Reference: PostgreSQL alone. */
export async function measure(ground: Ground): Promise<void> {
  const { dataFolder } = ground
  await ground.close()
  ground.close = async () => {}
  const bare = performance.now()
  const server = await startEmbedded({ folder: join(dataFolder, 'postgresql') })
  const bareSeconds = (performance.now() - bare) / 1000
  await server.stop()
  const runs: { seconds: number; rssMb: number }[] = []
  for (let n = 0; n < 3; n++) runs.push(await once(dataFolder))
  const seconds = Math.min(...runs.map((run) => run.seconds))
  print('start', {
    seconds: round(seconds),
    all: runs,
    rssMb: Math.max(...runs.map((run) => run.rssMb)),
    reference: { what: 'the embedded PostgreSQL alone', seconds: round(bareSeconds) },
    ratio: round(seconds / bareSeconds),
  })
}

async function once(dataFolder: string): Promise<{ seconds: number; rssMb: number }> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'bin/peiban.mjs'), 'start'], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, PEIBAN_DATA: dataFolder, PORT: String(port), MLLP_PORT: '0' },
  })
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`peiban ended with ${child.exitCode}`)
      await pause(50)
    }
    return { seconds: round((performance.now() - started) / 1000), rssMb: rssMbOfTree(child.pid!) }
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await new Promise((done) => child.once('exit', done))
  }
}
