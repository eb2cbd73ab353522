import { describe, expect, test } from 'vitest'
import { createLogger } from '../../platform/log.ts'
import { Writable } from 'node:stream'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import * as contract from './contract/message.ts'
import { sendDue, sendMessage } from './server/index.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, mailRow, publish, setWebAddress } from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
const manager = await house.as('service-manager', { name: '健管师小李' })

const ofManager = async (who: Caller = manager, over: object = {}) => {
  const patientId = await aPatient(house, over)
  await db.updateTable('patient').set({ manager_id: who.staffId }).where('id', '=', patientId).execute()
  return patientId
}
let touch = 0
const tell = (patientId: string, over: object = {}) =>
  house.write((ctx) => sendMessage(ctx, { patientId, template: 'bp-remeasure', touch: `l:${++touch}`, ...over }))
const send = async (answer?: Parameters<typeof keepingTransport>[0]) => {
  const { mails, transport } = keepingTransport(answer)
  await sendDue(mailingBy(house.house, transport), house.tenant)
  return mails
}

describe('the ledger', () => {
  test('shows what was sent to the people one looks after, and no others; each opened copy leaves a trace', async () => {
    const mine = await ofManager(manager, { name: '钱婆婆' })
    const others = await aPatient(house)
    await tell(mine)
    await tell(others)
    await send()
    const { rows, total } = await manager.call(contract.listMessages, { query: { channel: 'email' } })
    expect(rows.map((row) => [row.patientName, row.state, row.templateName])).toEqual([
      ['钱婆婆', 'accepted', '请再测一次'],
    ])
    expect(total).toBe(1)
    const copy = await manager.call(contract.getMessage, { params: { messageId: rows[0]!.id } })
    expect(copy.content!.text).toContain('钱婆婆，您好')
    expect(copy.events.map((event) => event.kind)).toEqual(['claimed', 'accepted'])
    const foreign = await mailRow(house, others)
    expect((await manager.try(contract.getMessage, { params: { messageId: foreign.id as never } })).status).toBe(404)
    const trace = await db
      .selectFrom('audit_entry')
      .select(['action', 'patient_id'])
      .where('action', '=', 'message.open')
      .where('outcome', '=', 'done')
      .execute()
    expect(trace).toEqual([{ action: 'message.open', patient_id: mine }])
  })

  test('filters and pages, newest first', async () => {
    const other = await house.as('service-manager')
    const patientId = await ofManager(other)
    for (let n = 0; n < 5; n++) {
      await tell(patientId, { template: 'please-contact', channels: ['in-app'] })
      house.clock.advance({ seconds: 1 })
    }
    const first = await other.call(contract.listMessages, { query: { limit: 3 } })
    const second = await other.call(contract.listMessages, { query: { limit: 3, cursor: first.next! } })
    expect([first.rows.length, second.rows.length, second.next, first.total]).toEqual([3, 2, null, 5])
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(5)
    const by = async (query: object) => (await other.call(contract.listMessages, { query: query as never })).rows.length
    expect([
      await by({ state: 'accepted,failed' }),
      await by({ state: 'failed' }),
      await by({ template: 'please-contact' }),
      await by({ purpose: 'care' }),
    ]).toEqual([5, 0, 5, 0])
    expect([
      await by({ from: '2026-03-02', to: '2026-03-02' }),
      await by({ from: '2026-03-03' }),
      await by({ doubled: true }),
    ]).toEqual([5, 0, 0])
    const summary = await other.call(contract.summarizeMessages)
    expect(summary).toMatchObject({ sent: 5, waiting: 0, failed: 0, possibleDoubles: 0, mail: 'outbox' })
  })

  test('withdraw what waits, try again what failed', async () => {
    const patientId = await ofManager()
    await tell(patientId, { channels: ['email'], sendAt: new Date(house.clock.now().getTime() + 3_600_000) })
    const waiting = await mailRow(house, patientId)
    expect((await manager.call(contract.cancelMessage, { params: { messageId: waiting.id as never } })).state).toBe(
      'cancelled',
    )
    expect((await manager.try(contract.cancelMessage, { params: { messageId: waiting.id as never } })).code).toBe(
      'MessageNotWaiting',
    )
    const other = await ofManager()
    await tell(other, { channels: ['email'], template: 'please-contact' })
    await send(() => Promise.resolve({ kind: 'rejected', reply: '550 Mailbox not found', code: 550 }))
    const failed = await mailRow(house, other)
    const copy = await manager.call(contract.getMessage, { params: { messageId: failed.id as never } })
    expect([copy.state, copy.can]).toEqual(['failed', { cancel: false, tryAgain: true, approve: false }])
    await manager.call(contract.tryAgain, { params: { messageId: failed.id as never } })
    expect(await send()).toHaveLength(1)
    expect((await manager.try(contract.tryAgain, { params: { messageId: failed.id as never } })).code).toBe(
      'MessageNotFailed',
    )
  })
})

describe('by hand', () => {
  test('once a day, also for two clicks at once, and only what is meant for it', async () => {
    const patientId = await ofManager()
    const give = (template: string) =>
      manager.try(contract.sendByHand, { params: { patientId: patientId as never }, body: { template } })
    const answers = await Promise.all([give('please-contact'), give('please-contact')])
    expect(answers.map((answer) => answer.code ?? 'sent').toSorted()).toEqual(['SentTodayAlready', 'sent'])
    expect((await give('card-activated')).code).toBe('TemplateNotByHand')
    expect((await give('no-such')).code).toBe('TemplateUnknown')
    const page = await manager.call(contract.patientMessages, { params: { patientId: patientId as never } })
    expect(page.rows).toHaveLength(2)
    expect(page.byHand.map((template) => template.code)).toEqual([
      'bp-remeasure',
      'thinking-of-you',
      'blood-pressure-half-yearly',
      'please-contact',
    ])
  })

  test('a result typed into it is refused to whoever typed it', async () => {
    const code = await publish(
      house,
      aTemplate({
        byHand: true,
        variables: [
          { name: 'note', dataClass: 'plain', label: { zh: '话', en: 'Note' }, example: { zh: '好', en: 'ok' } },
        ],
        zh: { subject: '问候', text: '{{ note }}' },
      }),
    )
    const patientId = await ofManager()
    const give = (note: string) =>
      manager.try(contract.sendByHand, {
        params: { patientId: patientId as never },
        body: { template: code, values: { note } },
      })
    expect([(await give('血糖 6.8 mmol/L')).code, (await give('保证治愈')).code, (await give('')).code]).toEqual([
      'TemplateUnfit',
      'TemplateUnfit',
      'TemplateUnfit',
    ])
    expect((await give('周末愉快')).status).toBe(200)
  })
})

describe('who may', () => {
  test.each([
    ['service-manager', 200, 200, 200],
    ['physician', 200, 200, 200],
    ['counsellor', 200, 403, 403],
    ['sales-manager', 200, 403, 403],
    ['front-desk', 403, 403, 403],
    ['content-editor', 403, 403, 403],
    ['medical-reviewer', 403, 403, 403],
    ['desk-agent', 403, 403, 403],
    ['corporate-hr', 403, 403, 403],
    ['system-administrator', 403, 403, 403],
    ['security-administrator', 403, 403, 403],
    ['audit-administrator', 403, 403, 403],
  ] as const)('%s: list %i, send %i, set preferences %i', async (role, list, give, prefer) => {
    const who = await house.as(role)
    const patientId = await aPatient(house)
    await db
      .updateTable('patient')
      .set({ manager_id: who.staffId, doctor_id: role === 'physician' ? who.staffId : null })
      .where('id', '=', patientId)
      .execute()
    const params = { patientId: patientId as never }
    expect([
      (await who.try(contract.listMessages)).status,
      (await who.try(contract.sendByHand, { params, body: { template: 'please-contact' } })).status,
      (await who.try(contract.setPreference, { params, body: { purpose: 'care', channel: 'email', optedOut: true } }))
        .status,
    ]).toEqual([list, give, prefer])
  })

  test('nobody without a session', async () => {
    expect((await nobody(house).try(contract.listMessages)).status).toBe(401)
  })
})

describe('two organizations', () => {
  test('neither sees nor sends nor stops for the other', async () => {
    await send()
    const tenant = await house.anOrganization()
    const patientId = await aPatient(house, { tenant })
    await house.write((ctx) => sendMessage(ctx, { patientId, template: 'please-contact', touch: 'theirs' }), tenant)
    expect(await send()).toEqual([])
    expect(await ledger(house, patientId)).toEqual([])
    const [row] = await ledger(house, patientId, tenant)
    const manager = await house.as('service-manager')
    expect((await manager.try(contract.getMessage, { params: { messageId: row!.id as never } })).status).toBe(404)
    expect((await manager.try(contract.patientMessages, { params: { patientId: patientId as never } })).status).toBe(
      404,
    )
    await expect(
      house.write((ctx) => sendMessage(ctx, { patientId, template: 'please-contact', touch: 'x' })),
    ).resolves.toEqual([])
  })
})

test('nothing of a person stands in a log', async () => {
  let text = ''
  const destination = new Writable({ write: (chunk: Buffer, _encoding, done) => ((text += String(chunk)), done()) })
  const log = createLogger({ level: 'trace', destination })
  const patientId = await ofManager(manager, { name: '独孤求败', email: 'secret@example.com', phone: '13987654321' })
  await tell(patientId, { channels: ['email'] })
  const { transport } = keepingTransport(() => Promise.reject(new Error('transport broke')))
  await sendDue({ ...mailingBy(house.house, transport), log }, house.tenant)
  expect(text).toContain('transport broke')
  for (const word of ['独孤求败', 'secret@example.com', '13987654321', '测量']) expect(text).not.toContain(word)
})
