import { pino, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/**
 * Paths whose values never reach a log, wherever they stand. Personal data does not belong into a log call at all;
 * this is the net below.
 */
const REDACTED = [
  'password', 'secret', 'token', 'code', 'phone', 'nationalId', 'email', 'name', 'address', 'authorization', 'cookie', 'raw', 'body',
]

export function createLogger(options: { level?: string; pretty?: boolean; destination?: NodeJS.WritableStream } = {}): Logger {
  const paths = REDACTED.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[removed]' },
      formatters: { level: (label) => ({ level: label }) },
    },
    (options.destination ?? process.stdout) as NodeJS.WriteStream,
  )
}

/** A logger that says nothing, for tests. */
export const silent: Logger = pino({ level: 'silent' })
