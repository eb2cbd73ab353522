import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { accountFor, canEnter, type Account } from './account.ts'
import { SHARED_FOLDER } from './binaries.ts'
import { both, StartRefused } from './refusal.ts'

/** Where the data really is, and whom the server runs as. */
export interface Home {
  folder: string
  account: Account | undefined
}

/**
 * Prepares the data folder. Usually it is the one asked for; when root asks for a folder whose parents are closed to the
 * unprivileged account (a clone in /root), the data is kept in /var/lib/peiban and the folder holds a pointer to it.
 */
export function prepareHome(asked: string, log: (line: string) => void): Home {
  try {
    mkdirSync(asked, { recursive: true, mode: 0o711 })
    const account = accountFor(asked)
    const moved = pointerOf(asked)
    if (moved) return { folder: moved, account: accountFor(moved) }
    if (!account) return { folder: asked, account }
    // Search only: the account may pass through to its own cluster, and list or read nothing on the way.
    const { mode } = statSync(asked)
    if ((mode & 0o011) !== 0o011) chmodSync(asked, mode | 0o011)
    if (canEnter(asked, account)) return { folder: asked, account }
    return { folder: moveElsewhere(asked, log), account }
  } catch (error) {
    throw explainFileError(error, asked)
  }
}

const POINTER = 'location'

function pointerOf(asked: string): string | undefined {
  const file = join(asked, POINTER)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

function moveElsewhere(asked: string, log: (line: string) => void): string {
  const name = `${basename(dirname(dirname(asked)))}-${randomBytes(4).toString('hex')}`
  const folder = join(SHARED_FOLDER, 'databases', name)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  chmodSync(SHARED_FOLDER, 0o755)
  writeFileSync(join(asked, POINTER), `${folder}\n`)
  log(both('MovesData', { asked, folder }))
  return folder
}

const SPACE_NEEDED = 300 * 1024 * 1024

/** @throws StartRefused `DiskFull` when a new cluster would not fit */
export function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < SPACE_NEEDED) throw new StartRefused('DiskFull', { folder })
}

/** Turns what the file system says into a refusal with advice; anything else is returned as it is. */
export function explainFileError(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StartRefused('DiskFull', { folder }, error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new StartRefused('NotWritable', { folder, reason: (error as Error).message }, error)
  return error
}
