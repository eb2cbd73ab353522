import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'

/**
 * The receiving end of SMTP for tests and the bench: a real server on 127.0.0.1 that behaves as badly as it is told, notes
 * each command, and is fast enough not to be what is measured.
 */
export interface SmtpEndOptions {
  /** What EHLO offers. */
  features?: readonly string[]
  /** A line to say instead of the usual one; null hangs up, '' says nothing. Asked for each command and for the content. */
  answer?: (command: string, session: EndSession) => string | null | undefined
  login?: { user: string; password: string }
  tls?: { key: string; cert: string }
  isImplicitTls?: boolean
  /** Said in the clear behind the answer to STARTTLS, as by somebody in between. */
  whisper?: string
  /** Told of each mail, in place of keeping it. */
  onMail?: (mail: EndMail) => void
}

export interface EndMail {
  from: string
  to: string[]
  /** As it was before dots were doubled. */
  readonly raw: string
  session: number
}

export interface EndSession {
  number: number
  isSecure: boolean
  user: string | null
  /** Mails taken over this connection. */
  taken: number
  /** Leaves without a word. */
  destroy(): void
}

export interface SmtpEnd {
  port: number
  mails: EndMail[]
  commands: string[]
  /** As they came in. */
  packets: string[]
  /** Content that came before its 354 and commands behind DATA: what a client must never do. */
  violations: string[]
  connections: number
  openNow(): number
  close(): Promise<void>
}

export const ALL_FEATURES = ['PIPELINING', 'SIZE 10000000', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES']

export async function anSmtpEnd(options: SmtpEndOptions = {}): Promise<SmtpEnd> {
  const sockets = new Set<Socket>()
  const end: SmtpEnd = {
    port: 0,
    mails: [],
    commands: [],
    packets: [],
    violations: [],
    connections: 0,
    openNow: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  const onSocket = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    new Conversation(socket, (end.connections += 1), options, end).begin()
  }
  const server = options.isImplicitTls && options.tls ? createTlsServer(options.tls, onSocket) : createServer(onSocket)
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  end.port = (server.address() as AddressInfo).port
  return end
}

class Conversation {
  #socket: Socket
  readonly #options: SmtpEndOptions
  readonly #end: SmtpEnd
  readonly #session: EndSession
  #rest = ''
  #out = ''
  #isContent = false
  #isMute = false
  #login: string[] | null = null
  #from: string | null = null
  #to: string[] = []

  constructor(socket: Socket, number: number, options: SmtpEndOptions, end: SmtpEnd) {
    this.#socket = socket
    this.#options = options
    this.#end = end
    this.#session = {
      number,
      isSecure: options.isImplicitTls === true,
      user: null,
      taken: 0,
      destroy: () => this.#socket.destroy(),
    }
  }

  begin(): void {
    this.#socket.setNoDelay(true)
    this.#listen()
    this.#say('greeting', '220 end.test ESMTP')
    this.#flush()
  }

  #listen(): void {
    this.#socket.on('error', () => {})
    this.#socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1')
      if (!this.#options.onMail) this.#end.packets.push(text)
      this.#rest += text
      while (this.#step());
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#out !== '' && this.#socket.writable) this.#socket.write(this.#out, 'latin1')
    this.#out = ''
  }

  /** @returns whether there may be more to read */
  #step(): boolean {
    if (this.#socket.destroyed || this.#isMute) return false
    if (this.#isContent) return this.#readContent()
    const at = this.#rest.indexOf('\r\n')
    if (at < 0) return false
    const line = this.#rest.slice(0, at)
    this.#rest = this.#rest.slice(at + 2)
    if (!this.#options.onMail) this.#end.commands.push(line)
    if (this.#login) this.#readLogin(line)
    else this.#obey(line)
    return true
  }

  #readContent(): boolean {
    const isEmpty = this.#rest.startsWith('.\r\n')
    const at = isEmpty ? 0 : this.#rest.indexOf('\r\n.\r\n')
    if (at < 0) return false
    const raw = isEmpty ? '' : this.#rest.slice(0, at + 2)
    this.#rest = this.#rest.slice(at + (isEmpty ? 3 : 5))
    this.#isContent = false
    const mail: EndMail = {
      from: this.#from ?? '',
      to: this.#to,
      get raw() {
        return raw.replace(/^\./gm, '')
      },
      session: this.#session.number,
    }
    this.#from = null
    this.#to = []
    const said = this.#options.answer?.('.', this.#session)
    if (said === undefined || said?.startsWith('2') || said === null) {
      this.#session.taken += 1
      if (this.#options.onMail) this.#options.onMail(mail)
      else this.#end.mails.push(mail)
    }
    this.#utter(said === undefined ? '250 2.0.0 Ok: queued' : said)
    return true
  }

  #obey(line: string): void {
    const verb = line.split(' ', 1)[0]!.toUpperCase()
    switch (verb) {
      case 'EHLO':
        return this.#say(line, this.#greeting())
      case 'HELO':
      case 'NOOP':
        return this.#say(line, '250 Ok')
      case 'MAIL': {
        if (this.#from !== null) return this.#say(line, '503 5.5.1 nested MAIL')
        return this.#say(line, '250 2.1.0 Ok', () => (this.#from = /<([^>]*)>/.exec(line)?.[1] ?? ''))
      }
      case 'RCPT': {
        if (this.#from === null) return this.#say(line, '503 5.5.1 MAIL first')
        return this.#say(line, '250 2.1.5 Ok', () => this.#to.push(/<([^>]*)>/.exec(line)?.[1] ?? ''))
      }
      case 'DATA': {
        if (this.#rest !== '') this.#end.violations.push(`behind DATA: ${this.#rest.slice(0, 80)}`)
        const usual = this.#to.length === 0 ? '554 5.5.1 no valid recipients' : '354 go on'
        return this.#say(line, usual, (said) => (this.#isContent = said.startsWith('354')))
      }
      case 'RSET':
        this.#from = null
        this.#to = []
        return this.#say(line, '250 Ok')
      case 'AUTH':
        return this.#authenticate(line)
      case 'STARTTLS':
        return this.#startTls(line)
      case 'QUIT':
        this.#say(line, '221 Bye')
        this.#flush()
        this.#socket.end()
        return
      default:
        this.#say(line, '500 5.5.2 what?')
    }
  }

  #greeting(): string {
    const { features = ALL_FEATURES, login, tls } = this.#options
    const offered = [
      ...features,
      ...(login && !features.some((one) => one.startsWith('AUTH')) ? ['AUTH PLAIN LOGIN'] : []),
      ...(tls && !this.#session.isSecure ? ['STARTTLS'] : []),
    ]
    return ['end.test', ...offered].map((word, n) => `250${n < offered.length ? '-' : ' '}${word}`).join('\r\n')
  }

  #authenticate(line: string): void {
    const [, kind = '', first] = line.split(' ')
    if (kind === 'PLAIN' && first) {
      const [, user = '', password = ''] = Buffer.from(first, 'base64').toString('utf8').split('\0')
      return this.#admit(line, user, password)
    }
    this.#login = []
    this.#utter('334 VXNlcm5hbWU6')
  }

  #readLogin(line: string): void {
    this.#login!.push(Buffer.from(line, 'base64').toString('utf8'))
    const [user = '', password] = this.#login!
    if (password === undefined) return this.#utter('334 UGFzc3dvcmQ6')
    this.#login = null
    this.#admit('AUTH', user, password)
  }

  #admit(line: string, user: string, password: string): void {
    const { login } = this.#options
    const isRight = user === login?.user && password === login.password
    if (isRight) this.#session.user = user
    this.#say(line, isRight ? '235 2.7.0 welcome' : '535 5.7.8 no such login')
  }

  #startTls(line: string): void {
    const { tls, whisper = '' } = this.#options
    if (!tls) return this.#say(line, '502 no')
    this.#say(line, `220 go${whisper ? `\r\n${whisper}` : ''}`)
    this.#flush()
    this.#socket.removeAllListeners('data')
    this.#socket = new TLSSocket(this.#socket, { ...tls, isServer: true })
    this.#session.isSecure = true
    this.#rest = ''
    this.#listen()
  }

  /** The usual answer, unless told otherwise; `then` where it is a yes. */
  #say(command: string, usual: string, then: (said: string) => unknown = () => {}): void {
    const other = this.#options.answer?.(command, this.#session)
    const said = other === undefined ? usual : other
    if (said !== null && /^[23]/.test(said)) then(said)
    this.#utter(said)
  }

  #utter(line: string | null): void {
    if (line === null) {
      this.#flush()
      this.#socket.destroy()
    } else if (line === '') this.#isMute = true
    else this.#out += `${line}\r\n`
  }
}
