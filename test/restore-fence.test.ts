import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { backup } from '../src/apps/backup/backup.ts'
import { restore } from '../src/apps/backup/restore.ts'

import { liftStop, listStops } from '../src/rooms/message/contract/stop.ts'
import { sendDue, sendMessages, sendPush } from '../src/rooms/message/server/index.ts'
import { aPatient, setWebAddress } from '../src/rooms/message/sample.ts'
import { aCampaign, aRunning, act } from '../src/rooms/campaign/sample-campaign.ts'
import { controlCampaign } from '../src/rooms/campaign/contract/campaign.ts'
import { enterDue, stepDue } from '../src/rooms/campaign/server/index.ts'
import { turn } from '../src/rooms/campaign/server/room.ts'
import { dropDatabase, likeTemplate, withClient } from './database.ts'
import { aHouse, type TestHouse } from './house.ts'
import { anSmtpEnd } from './smtp-end.ts'

/**
 * A real database, backed up and restored, and a real mail server that has taken mails meanwhile: nothing comes twice,
 * and nothing stale.
 */
const received: string[] = []
const end = await anSmtpEnd({ onMail: ({ to }) => void received.push(to[0]!.split('@')[0]!) })
const smtpUrl = `smtp://127.0.0.1:${end.port}`
const folder = mkdtempSync(join(tmpdir(), 'peiban-fence-'))
const file = join(folder, 'yesterday.peiban')
const house = await aHouse({ smtpUrl })
afterAll(async () => {
  await end.close()
  rmSync(folder, { recursive: true, force: true })
})

type Over = { touch?: string; notAfter?: Date; dueAt?: Date; template?: string; channels?: readonly ['email'] }
const people = new Map<string, string>()
async function person(name: string): Promise<string> {
  const birthDate = name.startsWith('wave') ? '1950-05-05' : '1980-05-05'
  const id = await aPatient(house, { email: `${name}@example.com`, birthDate })
  people.set(name, id)
  return id
}
const plan = (of: TestHouse, name: string, { touch = 'day', template = 'bp-remeasure', ...over }: Over = {}) =>
  of.write((ctx) =>
    sendMessages(ctx, [
      {
        patientId: people.get(name)!,
        template,
        touch,
        channels: ['email'] as const,
        source: 'test',
        sourceKey: name,
        ...over,
      },
    ]),
  )
const rowsOf = (of: TestHouse, name: string) =>
  of.house.databases
    .of(of.tenant.id)
    .selectFrom('message')
    .select(['state', 'reason', 'touch'])
    .where('patient_id', '=', people.get(name)!)
    .where('channel', '=', 'email')
    .orderBy('id')
    .execute()
const copies = (name: string) => received.filter((one) => one === name).length

async function restored(dataFolder: string): Promise<string> {
  const name = `peiban_${randomBytes(6).toString('hex')}`
  const server = inject('serverUrl')
  await withClient(server.replace('DATABASE', 'postgres'), (client) =>
    client.query(likeTemplate(name, inject('templateDatabase'))),
  )
  const url = server.replace('DATABASE', name)
  afterAll(() => dropDatabase(server, name))
  await restore({ url, file, dataFolder, passphrase: undefined, now: house.clock.now() })
  return url
}
/** As by a tool of PostgreSQL's own, which knows nothing of what Peiban's does: the ledger just stands where it stood. */
const withoutMark = (url: string, position: number) =>
  withClient(url, async (client) => {
    await client.query('delete from message_stop')
    await client.query('update message_place set epoch = 0, position = $1', [position])
  })

// Yesterday: some have been told, some are due, some later.
await setWebAddress(house, 'https://care.example.org')
for (const name of ['told', 'due1', 'due2', 'due3', 'next', 'late', 'timely', 'again', 'alike', 'wave1', 'wave2'])
  await person(name)
await plan(house, 'told')
await sendDue(house.house, house.tenant)
const campaign = await aRunning(
  house,
  aCampaign({
    audience: { age: { op: '>=', years: 60 } },
    path: [{ id: 'mail', kind: 'send', template: 'bp-remeasure', channels: ['email'] } as never],
  }),
)
for (const name of ['due1', 'due2', 'due3']) await plan(house, name)
await plan(house, 'late', { notAfter: new Date('2026-03-02T12:00:00Z') })
await plan(house, 'timely')
// `late` and `timely` are what a full house could not hand over before it fell.
await house.house.databases
  .of(house.tenant.id)
  .updateTable('message')
  .set({ next_at: new Date('2026-03-02T11:00:00Z') })
  .where('patient_id', 'in', [people.get('late')!, people.get('timely')!])
  .execute()
await backup({
  url: house.databaseUrl,
  file,
  filesFolder: join(house.filesFolder, 'none'),
  key: house.key,
  passphrase: undefined,
  now: house.clock.now(),
})
const { rows: place } = await withClient(house.databaseUrl, (client) =>
  client.query('select position from message_place'),
)
const position = Number(place[0].position)
// The life that is lost: what was due goes out, and so does what is planned only now.
await sendDue(house.house, house.tenant)
await plan(house, 'again', { touch: 'visit:1' })
await plan(house, 'alike', { touch: 'round:of-the-lost-life' })
await enterDue(house.house, house.tenant)
await stepDue(house.house, house.tenant)
await sendDue(house.house, house.tenant)
const before = new Map([...people.keys()].map((name) => [name, copies(name)]))
expect(before.get('due1')).toBeGreaterThan(0)
expect([before.get('late'), before.get('timely'), before.get('next')]).toEqual([0, 0, 0])
const left = join(folder, 'left')
cpSync(join(house.filesFolder, 'mail', 'sent'), left, { recursive: true })
house.clock.advance({ hours: 24 })

describe.each([
  ['with the data folder that remembers, by a tool that knows nothing of it', true],
  ['with the data folder that remembers, by peiban restore', false],
])('%s', (_name, isByHand) => {
  test('nothing comes twice, nothing late, and a person says when the rest goes', async () => {
    received.length = 0
    const url = await restored(join(folder, isByHand ? 'a' : 'b'))
    if (isByHand) await withoutMark(url, position)
    // The folder as it was left: a life that begins here is none of the other's.
    const filesFolder = join(folder, isByHand ? 'a-files' : 'b-files')
    cpSync(left, join(filesFolder, 'mail', 'sent'), { recursive: true })
    const now = await aHouse({ smtpUrl, on: { ...house, databaseUrl: url, filesFolder } })
    expect(now.tenant.id).toBe(house.tenant.id)
    const lead = await now.as('quality-lead')
    const run = async () => {
      await sendDue(now.house, now.tenant)
      await sendPush(now.house, now.tenant)
      await turn(now.house, now.tenant)
      await now.settle()
      await sendDue(now.house, now.tenant)
    }
    await run()
    // What the house thinks of anew today: once by the same name, once by another.
    await plan(now, 'again', { touch: 'visit:1' })
    await plan(now, 'alike', { touch: 'round:of-this-life' })
    await plan(now, 'next', { touch: 'tomorrow' })
    await run()
    expect(received).toEqual([])
    const { open } = await lead.call(listStops)
    expect(open).toMatchObject([{ isRemembered: true }])
    expect(open).toMatchObject([{ kind: 'restored', why: isByHand ? 'older' : 'restore' }])
    expect(await rowsOf(now, 'due1')).toMatchObject([{ state: 'accepted', reason: 'sent-before-restore' }])
    expect(await rowsOf(now, 'late')).toEqual([{ state: 'expired', reason: 'too-late', touch: 'day' }])
    expect((await rowsOf(now, 'timely'))[0]).toMatchObject({ state: 'planned' })
    expect(open[0]!.gap).toMatchObject({ late: 0, promotion: 0 })
    // A campaign does not go on past it either.
    const paused = { campaignId: campaign as never }
    expect((await lead.try(controlCampaign, { params: paused, body: { act: 'resume' } })).code).toBe('SendingStopped')
    // Who may not, changes nothing.
    const params = { stopId: open[0]!.id }
    const manager = await now.as('service-manager')
    expect((await manager.try(liftStop, { params, body: { because: '我看没事' } })).status).toBe(403)
    expect((await lead.call(listStops)).open).toHaveLength(1)
    expect((await lead.try(liftStop, { params, body: { because: ' ' } })).status).toBe(400)
    const answers = await Promise.all(
      [1, 2].map(() => lead.try(liftStop, { params, body: { because: '已核对邮件服务器的记录' } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    await run()
    // Surely not sent and still in time: once.
    expect(received.toSorted()).toEqual(['next', 'timely'])
    expect(await rowsOf(now, 'alike')).toMatchObject([{ state: 'cancelled', reason: 'maybe-sent' }])
    expect((await rowsOf(now, 'again'))[0]).toMatchObject({ state: 'accepted', reason: 'sent-before-restore' })
    // The campaign, told to catch up, tells nobody what they have been told.
    await act(now, campaign, 'resume', undefined, 'send')
    await run()
    expect(received.toSorted()).toEqual(['next', 'timely'])
    const [audit] = (
      await withClient(url, (client) =>
        client.query(`select action, outcome from audit_entry where action = 'message.stop-lift' and outcome = 'done'`),
      )
    ).rows
    expect(audit).toBeDefined()
  })
})

test('with a data folder that knows nothing: the mark of the restore stops everything', async () => {
  received.length = 0
  const url = await restored(join(folder, 'c'))
  const now = await aHouse({ smtpUrl, on: { ...house, databaseUrl: url, filesFolder: join(folder, 'c', 'files') } })
  await sendDue(now.house, now.tenant)
  await turn(now.house, now.tenant)
  await sendDue(now.house, now.tenant)
  expect(received).toEqual([])
  const lead = await now.as('quality-lead')
  const { open } = await lead.call(listStops)
  // Nobody knows what went out: all that is still in time waits for a person's word.
  expect(open).toMatchObject([{ why: 'restore', gap: { sent: 0, maybe: 0 } }])
  expect(open[0]!.isRemembered).toBe(false)
  expect(open[0]!.gap!.care).toBeGreaterThan(3)
  const params = { stopId: open[0]!.id }
  await lead.call(liftStop, { params, body: { because: '邮件服务器上都有', care: 'leave-out' } })
  await sendDue(now.house, now.tenant)
  expect(received).toEqual([])
  expect(await rowsOf(now, 'due1')).toMatchObject([{ state: 'cancelled', reason: 'left-out' }])
})

test('a database that is changed for an older one underneath a running sender stops it', async () => {
  received.length = 0
  await plan(house, 'next', { touch: 'running' })
  await withClient(house.databaseUrl, (client) => client.query('update message_place set position = 1'))
  await sendDue(house.house, house.tenant)
  expect(received).toEqual([])
  await sendDue(house.house, house.tenant)
  expect(received).toEqual([])
  const lead = await house.as('quality-lead')
  const { open } = await lead.call(listStops)
  expect(open).toMatchObject([{ kind: 'restored', why: 'older' }])
  await lead.call(liftStop, { params: { stopId: open[0]!.id }, body: { because: '已核对', maybe: 'send' } })
  await sendDue(house.house, house.tenant)
  expect(received.toSorted()).toEqual(['next', 'timely'])
})
