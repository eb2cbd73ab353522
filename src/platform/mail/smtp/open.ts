import { featuresOf, NO_FEATURES, type SmtpFeatures } from './features.ts'
import { SmtpLine } from './line.ts'
import type { SmtpReply } from './reply.ts'
import type { SmtpServer } from './server.ts'

/** A conversation that did not come about; nothing was sent. `reply` is what the server said, if it said anything. */
export class NotOpened extends Error {
  readonly reply: SmtpReply | null
  /** It is our login that the server does not take. */
  isLogin = false
  constructor(why: string, reply: SmtpReply | null = null) {
    super(reply ? `${why}: ${reply.text}` : why)
    this.reply = reply
  }
}

export interface OpenedLine {
  line: SmtpLine
  features: SmtpFeatures
}

/**
 * Connects, greets, goes over to TLS and signs in.
 * @throws NotOpened where the server refuses, LineBroken where it is not there
 */
export async function openLine(server: SmtpServer): Promise<OpenedLine> {
  const line = await SmtpLine.open(server)
  try {
    const greeting = await line.read('greeting')
    if (greeting.code !== 220) throw new NotOpened('not welcome', greeting)
    let features = await greet(line, server)
    if (!line.isSecure && server.startTls !== 'never') {
      if (features.startTls) {
        await ask(line, 'STARTTLS', 220)
        await line.secure()
        // RFC 3207 §4.2: what was said in the clear is forgotten.
        features = await greet(line, server)
      } else if (server.startTls === 'always') throw new NotOpened('the server has no TLS')
    }
    if (server.login) await signIn(line, server.login, features)
    return { line, features }
  } catch (error) {
    line.drop('not opened')
    throw error
  }
}

async function greet(line: SmtpLine, { name }: SmtpServer): Promise<SmtpFeatures> {
  line.write(`EHLO ${name}\r\n`)
  const reply = await line.read('command')
  if (reply.code === 250) return featuresOf(reply)
  if (reply.code < 500) throw new NotOpened('EHLO', reply)
  await ask(line, `HELO ${name}`, 250)
  return NO_FEATURES
}

/** RFC 4954 §6: 454 is a server that cannot look for now, any 5xx a login that is none. */
async function signIn(line: SmtpLine, login: { user: string; password: string }, features: SmtpFeatures) {
  try {
    await sayLogin(line, login, features)
  } catch (error) {
    if (error instanceof NotOpened) error.isLogin = (error.reply?.code ?? 500) >= 500
    throw error
  }
}

async function sayLogin(
  line: SmtpLine,
  login: { user: string; password: string },
  { auth }: SmtpFeatures,
): Promise<void> {
  const { user, password } = login
  if (auth.has('PLAIN')) {
    await ask(line, `AUTH PLAIN ${base64(`\0${user}\0${password}`)}`, 235)
  } else if (auth.has('LOGIN')) {
    await ask(line, 'AUTH LOGIN', 334)
    await ask(line, base64(user), 334, 'the user')
    await ask(line, base64(password), 235, 'the password')
  } else throw new NotOpened('the server offers neither AUTH PLAIN nor LOGIN')
}

/** @param shown what an error may say in place of the command, which can hold a password */
async function ask(line: SmtpLine, command: string, wanted: number, shown = command.split(' ', 2).join(' ')) {
  line.write(`${command}\r\n`)
  const reply = await line.read('command')
  if (reply.code !== wanted) throw new NotOpened(shown, reply)
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
