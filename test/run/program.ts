import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'

const running = new Set<ChildProcess>()
let stopped: NodeJS.Signals | undefined

/** Runs a program of node_modules on this Node, its output as ours. @returns its exit code; 128 + n for signal n */
export function runProgram(args: readonly string[], cwd: string): Promise<number> {
  if (stopped) return Promise.resolve(128 + constants.signals[stopped])
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' })
    running.add(child)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      running.delete(child)
      resolve(code ?? 128 + constants.signals[signal!])
    })
  })
}

/** Passes the signal on and lets nothing new begin. */
export function stopPrograms(signal: NodeJS.Signals): void {
  stopped = signal
  for (const child of running) child.kill(signal)
}
