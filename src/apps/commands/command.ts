export interface Command {
  name: string
  usage: string
  zh: string
  en: string
  run(args: string[]): Promise<void>
}

/** The command was understood but cannot be done; the message says what to mend. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}
