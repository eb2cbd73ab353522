import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** Resident memory of a process in MB of 1024 KB, as `ps` and `top` count. Linux only; 0 elsewhere. */
export function rssMbOf(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

/** The process itself, or the largest of its children when it only launches. */
export function rssMbOfTree(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return Math.max(rssMbOf(pid), ...children.map((child) => rssMbOf(Number(child))))
  } catch {
    return rssMbOf(pid)
  }
}

export const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

export const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )
