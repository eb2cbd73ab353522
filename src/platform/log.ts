import { pino, stdSerializers, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/**
 * Keys whose values never reach a log, wherever they stand. Personal data does not belong into a log call at all;
 * this is the net below.
 */
const REMOVED = new Set([
  'password',
  'secret',
  'token',
  'code',
  'phone',
  'nationalId',
  'email',
  'name',
  'address',
  'authorization',
  'cookie',
  'raw',
  'body',
])
const CENSOR = '[removed]'
const DEPTH_MAX = 8

export function createLogger(options: { level?: string; destination?: NodeJS.WritableStream } = {}): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (entry) => withoutPersonal(entry) as Record<string, unknown>,
      },
      serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) },
    },
    (options.destination ?? process.stdout) as NodeJS.WriteStream,
  )
}

/** A copy without what must not be written. */
function withoutPersonal(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return describeError(value)
  if (depth > DEPTH_MAX) return '[deeper]'
  if (Array.isArray(value)) return value.map((item) => withoutPersonal(item, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, REMOVED.has(key) ? CENSOR : withoutPersonal(inner, depth + 1)]),
  )
}

/** PostgreSQL quotes the whole row in `detail` and `where`; its code is what an operator looks up, and stays. */
function describeError(error: Error): object {
  const { type, message, stack, detail, where, internalQuery, ...more } = stdSerializers.err(error) as Record<
    string,
    unknown
  >
  const quoted = [detail, where, internalQuery].some(Boolean) ? { detail: CENSOR } : {}
  const code = typeof more['code'] === 'string' ? { code: more['code'] } : {}
  return { type, message, stack, ...(withoutPersonal({ ...more }) as object), ...code, ...quoted }
}

/** A logger that says nothing, for tests. */
export const silent: Logger = pino({ level: 'silent' })
