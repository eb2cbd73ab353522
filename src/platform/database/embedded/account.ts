import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { StartRefused } from './refusal.ts'

/** Whom the server runs as. PostgreSQL refuses to run as root, so as root we lend it an account without rights. */
export interface Account {
  uid: number
  gid: number
}

/**
 * undefined: as ourselves (not root). As root: the owner of the data folder if that is not root, else an account
 * named `peiban` (an operator may create one, to share it with nothing else), else `nobody`.
 */
export function accountFor(folder: string, passwd = readPasswd()): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = statSync(folder)
  if (uid !== 0) return { uid, gid }
  const account = findAccount(passwd, 'peiban') ?? findAccount(passwd, 'nobody')
  if (!account) throw new StartRefused('NoAccount')
  return account
}

/** initdb looks its user up by number: an account that is not listed would not do. */
export function findAccount(passwd: string, name: string): Account | undefined {
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  // macOS writes nobody as -2; the kernel counts without sign.
  return uid === undefined ? undefined : { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}

/** Whether the account can enter the folder. Asked by trying, as permissions have more sources than mode bits. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (!account) return true
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Whether the account can run the program: also no on a file system mounted `noexec`. */
export function canRun(program: string, account: Account | undefined): boolean {
  return spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Makes an empty folder that belongs to the account and that nobody else can read. */
export function makePrivateFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account) chownSync(folder, account.uid, account.gid)
}
