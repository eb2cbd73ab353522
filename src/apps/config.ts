import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'

export interface Config {
  port: number
  host: string
  mllpPort: number
  /** Where bounces and complaints come in; 0: not at all. */
  mailPort: number
  /** Where a telephone exchange brings the sound of calls; port 0: not at all. */
  audioSocket: { port: number; host: string }
  /** PEM files for MLLP over TLS; both or none. */
  mllpTls: { certFile: string; keyFile: string } | undefined
  dataFolder: string
  databaseUrl: string | undefined
  smtpUrl: string | undefined
  /** Where short messages go instead of to the providers. */
  smsUrls: { aliyun: string; tencent: string }
  /** Where WeChat and WeCom are, if not where they are. */
  wechatUrls: { wechat: string; wecom: string }
  /** What turns recorded calls into text: a server of the house's own; undefined: nothing does. */
  recogniser: { url: string; key: string; model: string } | undefined
  /** The address patients and staff reach Peiban at, for links in messages and codes on paper. */
  publicUrl: string
  demo: boolean
  worker: boolean
  logLevel: string
}

/** Every setting, its default and what it does: the list that `peiban check` and docs/operations.md show. */
export const SETTINGS = [
  { name: 'PORT', fallback: '3000', zh: '网页端口', en: 'port of the web' },
  { name: 'HOST', fallback: '0.0.0.0', zh: '网页监听地址', en: 'address the web listens on' },
  {
    name: 'MLLP_PORT',
    fallback: '2575',
    zh: '接收检验报告（HL7 v2 MLLP）的端口，0 为关闭',
    en: 'port for laboratory reports (HL7 v2 over MLLP), 0 turns it off',
  },
  { name: 'MLLP_TLS_CERT', fallback: '', zh: 'MLLP 的 TLS 证书文件', en: 'certificate file for MLLP over TLS' },
  { name: 'MLLP_TLS_KEY', fallback: '', zh: 'MLLP 的 TLS 私钥文件', en: 'key file for MLLP over TLS' },
  {
    name: 'MAIL_PORT',
    fallback: '0',
    zh: '接收退信与投诉的端口（SMTP，通常 25），0 为关闭',
    en: 'port that bounces and complaints come in at (SMTP, usually 25), 0 turns it off',
  },
  {
    name: 'AUDIOSOCKET_PORT',
    fallback: '0',
    zh: '电话交换机送来通话声音的端口（Asterisk AudioSocket），0 为关闭',
    en: 'port at which a telephone exchange brings the sound of calls (Asterisk AudioSocket), 0 turns it off',
  },
  {
    name: 'AUDIOSOCKET_HOST',
    fallback: '127.0.0.1',
    zh: '上面端口的监听地址；声音不加密传输，只能放在本机或专网',
    en: 'address of that port; the sound comes unencrypted, so this machine or a network of its own',
  },
  {
    name: 'PEIBAN_DATA',
    fallback: './data',
    zh: '数据文件夹（数据库、文件、密钥）',
    en: 'data folder (database, files, key)',
  },
  {
    name: 'PEIBAN_KEY',
    fallback: '(data folder/key)',
    zh: '加密密钥，64 位十六进制；多台机器必须相同',
    en: 'encryption key, 64 hex digits; the same on every machine',
  },
  {
    name: 'DATABASE_URL',
    fallback: '(embedded)',
    zh: '自备的 PostgreSQL（15 或更新）',
    en: "a PostgreSQL of one's own (15 or newer)",
  },
  {
    name: 'SMTP_URL',
    fallback: '(demo outbox)',
    zh: '发信服务器，如 smtp://user:pass@host:587',
    en: 'mail server, such as smtp://user:pass@host:587',
  },
  {
    name: 'SMS_ALIYUN_URL',
    fallback: 'https://dysmsapi.aliyuncs.com',
    zh: '阿里云短信的接口地址（试用替身或走代理时才改；账号在机构设置里）',
    en: 'address of Aliyun SMS: only for a stand-in or a proxy; the account is a setting of each organization',
  },
  {
    name: 'SMS_TENCENT_URL',
    fallback: 'https://sms.tencentcloudapi.com',
    zh: '腾讯云短信的接口地址（同上）',
    en: 'address of Tencent Cloud SMS, likewise',
  },
  {
    name: 'WECHAT_URL',
    fallback: 'https://api.weixin.qq.com',
    zh: '微信的接口地址（试用替身或走代理时才改；账号在机构设置里）',
    en: 'address of WeChat: only for a stand-in or a proxy; the account is a setting of each organization',
  },
  {
    name: 'WECOM_URL',
    fallback: 'https://qyapi.weixin.qq.com',
    zh: '企业微信的接口地址（同上）',
    en: 'address of WeCom, likewise',
  },
  {
    name: 'RECOGNISER_URL',
    fallback: '',
    zh: '把通话录音转成文字的服务器，须是本院自己的（OpenAI 的 /v1/audio/transcriptions 接口）；不设就不转',
    en: "server of the house's own that turns recorded calls into text (OpenAI's /v1/audio/transcriptions); without it nothing does",
  },
  {
    name: 'RECOGNISER_KEY',
    fallback: '',
    zh: '上面服务器的密钥（不需要就不设）',
    en: 'key of that server, where it asks for one',
  },
  { name: 'RECOGNISER_MODEL', fallback: 'whisper-1', zh: '上面服务器用的模型', en: 'model of that server' },
  {
    name: 'PUBLIC_URL',
    fallback: 'http://localhost:PORT',
    zh: '对外网址，用于链接和二维码',
    en: 'address used in links and QR codes',
  },
  {
    name: 'PEIBAN_DEMO',
    fallback: 'on',
    zh: '空数据库里装入演示机构，并给它的短信、微信用替身（on/off，正式使用时关掉）',
    en: 'load the demonstration organization into an empty database, with stand-ins for its SMS and WeChat (on/off; off in production)',
  },
  {
    name: 'PEIBAN_WORKER',
    fallback: 'on',
    zh: '网页进程里同时跑后台工作（on/off）',
    en: 'run the worker inside the web process (on/off)',
  },
  { name: 'LOG_LEVEL', fallback: 'info', zh: '日志级别', en: 'log level' },
] as const

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const port = portOf(environment, 'PORT', 3000)
  const [certFile, keyFile] = [environment['MLLP_TLS_CERT'], environment['MLLP_TLS_KEY']]
  if (Boolean(certFile) !== Boolean(keyFile))
    throw new ConfigurationError(
      'MLLP_TLS_CERT 和 MLLP_TLS_KEY 要么都设，要么都不设。 Set both MLLP_TLS_CERT and MLLP_TLS_KEY, or neither.',
    )
  return {
    port,
    host: environment['HOST'] || '0.0.0.0',
    mllpPort: portOf(environment, 'MLLP_PORT', 2575),
    mllpTls: certFile && keyFile ? { certFile, keyFile } : undefined,
    mailPort: portOf(environment, 'MAIL_PORT', 0),
    audioSocket: {
      port: portOf(environment, 'AUDIOSOCKET_PORT', 0),
      host: environment['AUDIOSOCKET_HOST'] || '127.0.0.1',
    },
    dataFolder: resolve(environment['PEIBAN_DATA'] || 'data'),
    databaseUrl: environment['DATABASE_URL'] || undefined,
    smtpUrl: environment['SMTP_URL'] || undefined,
    smsUrls: { aliyun: addressOf(environment, 'SMS_ALIYUN_URL'), tencent: addressOf(environment, 'SMS_TENCENT_URL') },
    wechatUrls: { wechat: addressOf(environment, 'WECHAT_URL'), wecom: addressOf(environment, 'WECOM_URL') },
    recogniser: recogniserOf(environment),
    publicUrl: (environment['PUBLIC_URL'] || `http://localhost:${port}`).replace(/\/$/, ''),
    demo: isOn(environment, 'PEIBAN_DEMO'),
    worker: isOn(environment, 'PEIBAN_WORKER'),
    logLevel: environment['LOG_LEVEL'] || 'info',
  }
}

function recogniserOf(environment: NodeJS.ProcessEnv): Config['recogniser'] {
  const url = addressOf(environment, 'RECOGNISER_URL')
  if (!url) return undefined
  return { url, key: environment['RECOGNISER_KEY'] ?? '', model: environment['RECOGNISER_MODEL'] || 'whisper-1' }
}

function portOf(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name]
  if (!text) return fallback
  const port = /^\d+$/.test(text) ? Number(text) : NaN
  if (!(port <= 65535))
    throw new ConfigurationError(
      `${name}=${text} 不是端口号（0–65535）。 ${name}=${text} is not a port number (0–65535).`,
    )
  return port
}

/** An address to send to, without a slash at the end; empty where none is named. Secrets go over TLS or stay on this machine. */
function addressOf(environment: NodeJS.ProcessEnv, name: string): string {
  const text = environment[name]
  if (!text) return ''
  const url = URL.parse(text)
  const isLoopback = url?.protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url?.protocol !== 'https:' && !isLoopback)
    throw new ConfigurationError(
      `${name} 应为 https:// 地址，或本机的 http:// 地址。 ${name} must be an https address, or an http address of this machine.`,
    )
  return text.replace(/\/+$/, '')
}

function isOn(environment: NodeJS.ProcessEnv, name: string): boolean {
  return !['off', '0', 'false', 'no'].includes((environment[name] ?? 'on').toLowerCase())
}

/**
 * The key that seals personal data. Made once; whoever loses it cannot read phones and papers any more, so a backup
 * carries it.
 */
export function readKey(dataFolder: string, environment: NodeJS.ProcessEnv = process.env): Buffer {
  const given = environment['PEIBAN_KEY']
  if (given) return parseKey(given, 'PEIBAN_KEY')
  const file = join(dataFolder, 'key')
  if (!existsSync(file)) makeKey(dataFolder, file)
  return parseKey(readFileSync(file, 'utf8').trim(), file)
}

/** The file comes into being whole and on the disk, or not at all; of two processes that make it the first wins. */
function makeKey(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true })
  const key = randomBytes(32).toString('hex')
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, key, { mode: 0o600, flag: 'wx', flush: true })
    linkSync(draft, file)
    syncFolder(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** A name in a folder outlives a power cut only when the folder was written too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function parseKey(text: string, where: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new ConfigurationError(`${where} 里的密钥应为 64 位十六进制。 The key in ${where} must be 64 hex digits.`)
  return Buffer.from(text, 'hex')
}
