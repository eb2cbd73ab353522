import { onTestFinished } from 'vitest'
import { anSmtpEnd, type SmtpEnd, type SmtpEndOptions } from '../../../../test/smtp-end.ts'
import { travellingClock, type TravellingClock } from '../../clock.ts'
import { silent } from '../../log.ts'
import type { Letter } from './letter.ts'
import { SmtpPool, type SmtpPoolOptions } from './pool.ts'
import { smtpServerOf, TIMEOUTS, type SmtpServer } from './server.ts'

/** Servers, pools and letters for the tests of this folder; closed with the test that asked for them. */
export async function anEnd(options: SmtpEndOptions = {}): Promise<SmtpEnd> {
  const end = await anSmtpEnd(options)
  onTestFinished(() => end.close())
  return end
}

/** Impatient, since the servers of tests that say nothing say it for ever. */
export const HASTY = { connect: 2000, greeting: 1200, command: 1200, data: 1200, final: 1200 }

export function serverAt({ port }: Pick<SmtpEnd, 'port'>, over: Partial<SmtpServer> = {}): SmtpServer {
  return { ...smtpServerOf(`smtp://127.0.0.1:${port}`), timeouts: TIMEOUTS, ...over }
}

export function aPool(
  end: Pick<SmtpEnd, 'port'>,
  { hasty = false, ...over }: Partial<SmtpPoolOptions> & { hasty?: boolean } = {},
): SmtpPool & { clock: TravellingClock } {
  const clock = travellingClock('2026-11-22T08:00:00Z')
  const server = serverAt(end, hasty ? { timeouts: HASTY } : {})
  const pool = new SmtpPool({ server, clock, log: silent, ...over })
  onTestFinished(() => pool.close())
  return Object.assign(pool, { clock })
}

let count = 0

export function aLetter(over: Partial<Letter> = {}): Letter {
  const id = `<letter-${(count += 1)}@example.org>`
  return {
    id,
    from: 'care@example.org',
    to: `patient${count}@example.com`,
    content: Buffer.from(`Message-ID: ${over.id ?? id}\r\nSubject: x\r\n\r\n.dots\r\nand lines\r\n`),
    ...over,
  }
}

export function idIn(raw: string): string {
  return /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? ''
}
