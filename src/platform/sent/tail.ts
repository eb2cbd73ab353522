import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'

/** How far a database had come: `position` grows with each commit around a hand-over, `epoch` with each restore. */
export interface Place {
  epoch: number
  position: number
}

/** Something that was handed over: `exact` names it, `kind` what is so alike that it may be the same. */
export interface Mark {
  exact: string
  kind: string
}

export interface Known extends Mark {
  at: Date
  /** It was taken; otherwise its hand-over was begun, and nobody wrote down how it ended. */
  certain: boolean
}

export interface SentTail {
  /** Of this folder: machines that send beside each other have one each. */
  readonly id: string
  newest(organization: string): Place | undefined
  /**
   * To be called before anything of it is handed over; then of each whether it was taken, undefined where nobody knows.
   * @throws where it cannot be written: then nothing may go
   */
  begin(
    organization: string,
    place: Place,
    marks: readonly Mark[],
  ): { taken(which: readonly (boolean | undefined)[]): void }
  /** The ledger has committed what became of a batch. Waits for the disk. */
  reached(organization: string, place: Place): void
  since(organization: string, place: Place): Known[]
  close(): void
}

export interface SentTailOptions {
  folder: string
  /** Of this process, unlike any before it. */
  owner: string
  clock: Clock
  ids: Ids
  rotateBytes?: number
  keptBytes?: number
}

const ROTATE_BYTES = 16 * 1024 * 1024
const KEPT_BYTES = 512 * 1024 * 1024
export const KEPT_DAYS = 60

export const isLater = (one: Place, than: Place): boolean =>
  one.epoch > than.epoch || (one.epoch === than.epoch && one.position > than.position)

/** Opens the folder, made where it is missing, and clears away what is too old. */
export function openSentTail(options: SentTailOptions): SentTail {
  const { folder, owner, clock, ids, rotateBytes = ROTATE_BYTES, keptBytes = KEPT_BYTES } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const id = idOf(folder, ids)
  forgetOld(folder, clock.now(), keptBytes)
  const newest = new Map<string, Place>()
  const see = (organization: string, place: Place): void => {
    const known = newest.get(organization)
    if (!known || isLater(place, known)) newest.set(organization, place)
  }
  for (const { organization, place } of linesIn(folder)) see(organization, place)
  let file: { fd: number; bytes: number } | null = null
  let count = 0
  const append = (sign: string, organization: string, place: Place, rest: string, isDurable: boolean): void => {
    if (!file || file.bytes >= rotateBytes) {
      if (file) closeSync(file.fd)
      const name = `${owner}.${String((count += 1)).padStart(6, '0')}.tail`
      file = { fd: openSync(join(folder, name), 'ax', 0o600), bytes: 0 }
    }
    // It begins on a line of its own, also after a write that failed in the middle of one.
    const text = `\n${sign} ${organization} ${place.epoch}.${place.position} ${clock.now().getTime()} ${rest}\n`
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length;) at += writeSync(file.fd, bytes, at)
    if (isDurable) fdatasyncSync(file.fd)
    file.bytes += bytes.length
    see(organization, place)
  }
  return {
    id,
    newest: (organization) => newest.get(organization),
    begin(organization, place, marks) {
      append('>', organization, place, marks.map(({ exact, kind }) => `${exact}:${kind}`).join(' '), false)
      return {
        taken: (which) => {
          const left = which.flatMap((isTaken, at) => (isTaken ? [] : [isTaken === undefined ? `${at}?` : String(at)]))
          append('+', organization, place, left.join(' '), false)
        },
      }
    },
    reached: (organization, place) => append('=', organization, place, '', true),
    since: (organization, place) => knownSince(folder, organization, place),
    close: () => {
      if (file) closeSync(file.fd)
      file = null
    },
  }
}

interface Line {
  sign: string
  organization: string
  place: Place
  at: number
  rest: string
}

const LINE = /^([>+=]) (\S+) (\d+)\.(\d+) (\d+) (.*)$/

/** Whole lines only: what was torn was not written, and what it announced was not done. */
function* linesIn(folder: string): Generator<Line & { file: string }> {
  for (const file of tailsIn(folder)) {
    const text = readTail(join(folder, file))
    for (const one of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
      const [, sign = '', organization = '', epoch, position, at, rest = ''] = LINE.exec(one) ?? []
      if (sign)
        yield {
          file,
          sign,
          organization,
          place: { epoch: Number(epoch), position: Number(position) },
          at: Number(at),
          rest,
        }
    }
  }
}

function knownSince(folder: string, of: string, from: Place): Known[] {
  // Two lives of a database may have had the same place: begun and told are found together by their file as well.
  const begun = new Map<string, Known[]>()
  for (const { file, sign, organization, place, at, rest } of linesIn(folder)) {
    if (organization !== of || isLater(from, place)) continue
    const key = `${file.replace(/\.\d{6}\.tail$/, '')} ${place.epoch}.${place.position}`
    const words = rest.split(' ').filter(Boolean)
    if (sign === '>')
      begun.set(
        key,
        words.map((word) => {
          const [exact = '', kind = ''] = word.split(':')
          return { exact, kind, at: new Date(at), certain: false }
        }),
      )
    else if (sign === '+') {
      const left = new Set(words)
      const told = begun.get(key) ?? []
      begun.set(
        key,
        told.flatMap((one, n) => (left.has(String(n)) ? [] : [{ ...one, certain: !left.has(`${n}?`) }])),
      )
    }
  }
  return [...begun.values()].flat()
}

function tailsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tail'))
    .toSorted()
}

/** Another process may clear it away meanwhile: then it was too old to matter. */
function readTail(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function idOf(folder: string, ids: Ids): string {
  const path = join(folder, 'id')
  try {
    writeFileSync(path, ids.next(), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8').trim()
}

function forgetOld(folder: string, now: Date, keptBytes: number): void {
  const files = tailsIn(folder)
    .map((name) => ({ path: join(folder, name), ...sizeOf(join(folder, name)) }))
    .toSorted((a, b) => b.changedAt - a.changedAt)
  let bytes = 0
  for (const { path, size, changedAt } of files) {
    bytes += size
    if (bytes > keptBytes || now.getTime() - changedAt > KEPT_DAYS * 86_400_000) rmSync(path, { force: true })
  }
}

function sizeOf(path: string): { size: number; changedAt: number } {
  const found = statSync(path, { throwIfNoEntry: false })
  return { size: found?.size ?? 0, changedAt: found?.mtimeMs ?? 0 }
}
