import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './say.mjs'

/** The holder touches its lock every second: process numbers come again, in a restarted container at once. */
const TOUCH_MS = 1_000
const STALE_MS = 20_000

/** Runs `work` while no other process does: two starts at once in one folder must not install over each other. */
export async function alone(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  let said = false
  while (!take(file)) {
    const pid = holderOf(file)
    if (pid === undefined) {
      rmSync(file, { force: true })
    } else {
      if (!said) say('WaitsForOther', { pid })
      said = true
      await sleep(200)
    }
  }
  const touch = setInterval(() => existsSync(file) && utimesSync(file, new Date(), new Date()), TOUCH_MS)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The living process that holds the lock; undefined when it died with it. */
function holderOf(file) {
  let pid
  try {
    pid = Number(readFileSync(file, 'utf8'))
    if (!pid || pid === process.pid || Date.now() - statSync(file).mtimeMs > STALE_MS) return undefined
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error.code === 'EPERM' ? pid : undefined
  }
}
