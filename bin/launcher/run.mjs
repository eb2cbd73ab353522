import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const FORWARDED = ['SIGTERM', 'SIGINT', 'SIGHUP']
/** npm passes Ctrl-C on as well as the terminal: what comes again within this time is the same key. */
const SAME_SIGNAL_MS = 400

/**
 * Runs a program in our place: its input and output are ours, signals reach it once, and its end is ours.
 * @returns the exit code; 128 + n when signal n ended it
 */
export function runInOurPlace(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const last = new Map()
    for (const name of FORWARDED)
      process.on(name, () => {
        // Ctrl-C in a terminal goes to the whole group: the program has got it already.
        const has = name === 'SIGINT' && process.stdin.isTTY
        if (!has && performance.now() - (last.get(name) ?? -Infinity) > SAME_SIGNAL_MS) child.kill(name)
        last.set(name, performance.now())
      })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

/** Runs a program silently. @returns its exit code and everything it printed */
export function runQuietly(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    const stop = () => child.kill('SIGTERM')
    process.once('SIGINT', stop).once('SIGTERM', stop)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      resolve({ code: code ?? 128 + constants.signals[signal], output })
    })
  })
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
