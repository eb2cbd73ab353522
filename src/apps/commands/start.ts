import { settingsOf } from '../../rooms/organization/server/index.ts'
import { demoAccounts } from '../../rooms/staff/server/index.ts'
import { ROLES, type Role } from '../../rooms/staff/contract/permissions.ts'
import { readConfig, type Config } from '../config.ts'
import { start, type Running } from '../start.ts'
import type { Command } from './command.ts'

export const startCommand: Command = {
  name: 'start',
  usage: 'start',
  zh: '启动陪伴（网页和后台工作）',
  en: 'start Peiban (web and worker)',
  async run() {
    const stop = listenForStop()
    const config = readConfig()
    const running = await startUnlessStopped(stop, config, { web: true, worker: config.worker })
    if (!running) return
    console.log(await banner(running, config))
    await untilAskedToStop(running, stop)
  },
}

export const workerCommand: Command = {
  name: 'worker',
  usage: 'worker',
  zh: '只跑后台工作，配合 PEIBAN_WORKER=off 的网页进程',
  en: 'the worker alone, beside a web process with PEIBAN_WORKER=off',
  async run() {
    const stop = listenForStop()
    const running = await startUnlessStopped(stop, readConfig(), { web: false, worker: true })
    if (running) await untilAskedToStop(running, stop)
  },
}

interface StopRequest {
  asked: Promise<NodeJS.Signals>
  /** The same, for what is under way. */
  signal: AbortSignal
}

/** @returns undefined when the start was asked to end before it was done; everything is closed then */
async function startUnlessStopped(stop: StopRequest, config: Config, parts: { web: boolean; worker: boolean }) {
  try {
    return await start(config, { ...parts, signal: stop.signal })
  } catch (error) {
    if (stop.signal.aborted) return undefined
    throw error
  }
}

/** Listens from the very start, so that a signal during the start is not lost. */
function listenForStop(): StopRequest {
  const abort = new AbortController()
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    let first: number | undefined
    const onSignal = (signal: NodeJS.Signals): void => {
      // A signal to the whole process group arrives twice, once passed on by the launcher: that is one wish, not two.
      if (first !== undefined && performance.now() - first > 1000) process.exit(130)
      first ??= performance.now()
      abort.abort()
      resolve(signal)
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal))
  })
  return { asked, signal: abort.signal }
}

/** Lets everything that is being done finish; a second signal ends at once. */
async function untilAskedToStop(running: Running, { asked }: StopRequest): Promise<void> {
  const signal = await asked
  running.house.log.info(`${signal}: finishing what is being done`)
  await running.stop()
  process.exit(0)
}

/** Where Peiban is, and who may sign in to the demonstration. */
async function banner({ house, url }: Running, config: Config): Promise<string> {
  const lines = ['', `  陪伴已启动 Peiban is running   ${url}`]
  if (config.mllpPort > 0) lines.push(`  报告接入 HL7 v2 over MLLP       port ${config.mllpPort}`)
  if (config.mailPort > 0) lines.push(`  退信与投诉 bounces over SMTP     port ${config.mailPort}`)
  const { port, host } = config.audioSocket
  if (port > 0) lines.push(`  电话交换机 calls by AudioSocket   ${host}:${port}`)
  const demo = (await house.tenants())[0]
  if (demo) {
    const reader = { db: house.databases.of(demo.id), organizationId: demo.id }
    const { password, accounts } = await demoAccounts(reader, (await settingsOf(reader)).demo)
    if (password) {
      lines.push(
        '',
        '  客户自己的页面 patients’ own pages：打开一位客户 → 我的健康 → 当面扫码 open a patient → My health → Show a code',
      )
      if (config.demo && config.worker)
        lines.push(
          '  短信、微信、企业微信走替身，不会真的发出 SMS, WeChat and WeCom end at stand-ins：消息 → 发件箱 Messages → Outbox',
        )
      lines.push('', `  ${demo.name} · 演示账号 demonstration accounts · 密码 password ${password}`)
      for (const { login, name, roles } of accounts)
        lines.push(
          `    ${login.padEnd(12)} ${name}  ${roles.map((role) => ROLES[role as Role]?.zh ?? role).join('、')}`,
        )
    }
  }
  return [...lines, ''].join('\n')
}
