import { readConfig } from '../config.ts'
import { start, type Running } from '../start.ts'
import type { Command } from './command.ts'

export const startCommand: Command = {
  name: 'start',
  usage: 'start',
  zh: '启动陪伴（网页和后台工作）',
  en: 'start Peiban (web and worker)',
  async run() {
    const config = readConfig()
    const running = await start(config, { web: true, worker: config.worker })
    console.log(`\n陪伴已启动 Peiban is running: ${running.url}\n`)
    await untilAskedToStop(running)
  },
}

export const workerCommand: Command = {
  name: 'worker',
  usage: 'worker',
  zh: '只跑后台工作，配合 PEIBAN_WORKER=off 的网页进程',
  en: 'the worker alone, beside a web process with PEIBAN_WORKER=off',
  async run() {
    const running = await start(readConfig(), { web: false, worker: true })
    await untilAskedToStop(running)
  },
}

/** Waits for SIGTERM or SIGINT and then lets everything finish; a second signal ends at once. */
async function untilAskedToStop(running: Running): Promise<void> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  running.house.log.info(`${signal}: finishing what is being done`)
  process.once(signal, () => process.exit(130))
  await running.stop()
}
