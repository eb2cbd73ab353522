import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { silent } from '../../platform/log.ts'
import { openMail } from '../../platform/mail/open-mail.ts'
import { NO_LIMITS } from '../../platform/mail/pace/provider.ts'
import type { MailTransport } from '../../platform/mail/transport.ts'
import { markDeceased } from '../patient/contract/patient.ts'
import { sendDue, sendMessages, withdrawMessages } from './server/index.ts'
import { changePreference } from './server/preference.ts'
import { changeTopics } from './server/topic.ts'
import { aPatient, mailingBy, mailRow, setWebAddress } from './sample.ts'

/** A real server that keeps its answer to each mail until it is told to give it. */
async function aSlowServer() {
  const received: string[] = []
  const held: (() => void)[] = []
  let isOpen = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        received.push(session.envelope.rcptTo[0]!.address)
        if (isOpen) done()
        else held.push(() => done())
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const open = (): void => {
    isOpen = true
    for (const answer of held.splice(0)) answer()
  }
  return { received, open, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

const house = await aHouse()
await setWebAddress(house, 'https://care.example.org')

test('called back while a slow server is being served: what has not been handed over stays where it is', async () => {
  const server = await aSlowServer()
  const mail = openMail(server.url, {
    clock: house.clock,
    log: silent,
    folder: mkdtempSync(join(tmpdir(), 'peiban-recall-')),
    owner: `${process.pid}-recall`,
    limitsOf: () => NO_LIMITS,
    connections: 1,
  })
  // Who asks whether a mail is still to go is heard, so that nobody has to guess when it has been asked.
  const wanted = new Map<string, () => boolean>()
  const heard: MailTransport = {
    ...mail,
    bulk: {
      ...mail.bulk,
      deliver: (one, options = {}) => {
        wanted.set(one.to, options.isWanted ?? (() => true))
        return mail.bulk.deliver(one, options)
      },
    },
  }
  const names = ['first', 'next', 'optedout', 'died', 'withdrawn', 'last'] as const
  const ids = new Map<string, string>()
  for (const name of names) ids.set(name, await aPatient(house, { email: `${name}@example.com` }))
  await house.write((ctx) =>
    sendMessages(
      ctx,
      [...ids.values()].map((patientId) => ({
        patientId,
        template: 'bp-remeasure',
        touch: 'recall',
        channels: ['email' as const],
        source: 'test',
        sourceKey: patientId,
      })),
    ),
  )
  const sending = sendDue(mailingBy(house.house, heard), house.tenant)
  await expect.poll(() => server.received, { timeout: 30_000 }).toHaveLength(1)
  const [first] = server.received
  const others = [...names].filter((name) => `${name}@example.com` !== first)
  // Whoever comes next has been announced to the server, and the content has not gone yet.
  const [announced, optedOut, died, withdrawn] = others
  const optOut = (name: string) =>
    house.write((ctx) =>
      changePreference(ctx, {
        patientId: ids.get(name)!,
        purpose: 'care',
        channel: 'email',
        optedOut: true,
        how: 'patient-word',
        note: '',
        messageId: null,
      }),
    )
  await optOut(announced!)
  const slip = { topic: 'follow-up', channel: 'email', optedOut: true, how: 'own-page', messageId: null } as const
  await house.write((ctx) => changeTopics(ctx, ids.get(optedOut!)!, [slip]))
  const desk = await house.as('front-desk')
  await desk.call(markDeceased, { params: { patientId: ids.get(died!)! as never }, body: { deceasedOn: '2026-03-01' } })
  await house.write((ctx) =>
    withdrawMessages(ctx, { patientId: ids.get(withdrawn!)!, source: 'test', sourceKey: ids.get(withdrawn!)! }),
  )
  const called = [announced!, optedOut!, died!, withdrawn!]
  await expect
    .poll(() => called.map((name) => wanted.get(`${name}@example.com`)!()), { timeout: 30_000 })
    .toEqual([false, false, false, false])
  server.open()
  await sending
  expect(server.received.toSorted()).toEqual([first, `${others[4]}@example.com`].toSorted())
  // None of them was tried, so none of them is in doubt.
  await sendDue(mailingBy(house.house, heard), house.tenant)
  await house.settle()
  const rowOf = async (name: string) => {
    const { state, reason, uncertain } = await mailRow(house, ids.get(name)!)
    return { state, reason, uncertain }
  }
  expect(await Promise.all(called.map(rowOf))).toEqual([
    { state: 'suppressed', reason: 'opted-out', uncertain: false },
    { state: 'suppressed', reason: 'opted-out', uncertain: false },
    { state: 'suppressed', reason: 'deceased', uncertain: false },
    { state: 'cancelled', reason: 'by-hand', uncertain: false },
  ])
  await mail.close()
}, 120_000)
