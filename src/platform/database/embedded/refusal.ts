import { readFileSync } from 'node:fs'

/**
 * What a start can be refused for, each with something the operator can do about it. The sentences are in
 * `../locales`, since they are read before the server (and its translator) exists.
 */
export type StartRefusalCode =
  | 'InUse'
  | 'InUseElsewhere'
  | 'WrongMajor'
  | 'NotWritable'
  | 'DiskFull'
  | 'NoBinaries'
  | 'NoAccount'
  | 'PortTaken'
  | 'PasswordLost'
  | 'StartFailed'

export class StartRefused extends Error {
  override readonly name = 'StartRefused'
  readonly code: StartRefusalCode
  readonly zh: string
  readonly en: string
  /** The process that is in the way, where there is one. */
  readonly pid: number | undefined
  constructor(code: StartRefusalCode, values: Values = {}, cause?: unknown) {
    const { zh, en } = sentence(code, values)
    super(`${zh}\n${en}`, { cause })
    this.code = code
    this.zh = zh
    this.en = en
    this.pid = typeof values.pid === 'number' ? values.pid : undefined
  }
}

export type Values = Record<string, string | number>

/** A sentence in both languages. Throws on a code that either language lacks: a test walks all of them. */
export function sentence(code: string, values: Values = {}): { zh: string; en: string } {
  return { zh: fill(texts().zh, code, values), en: fill(texts().en, code, values) }
}

/** Both languages on one line, for the log. */
export function both(code: string, values: Values = {}): string {
  const { zh, en } = sentence(code, values)
  return `${zh} ${en}`
}

let loaded: { zh: Record<string, string>; en: Record<string, string> } | undefined

function texts() {
  return (loaded ??= { zh: load('zh-CN'), en: load('en') })
}

function load(language: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`../locales/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>
}

function fill(texts: Record<string, string>, code: string, values: Values): string {
  const text = texts[code]
  if (text === undefined) throw new TypeError(`no sentence for ${code}`)
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
