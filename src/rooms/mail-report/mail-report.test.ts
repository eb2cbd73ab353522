import { createTransport } from 'nodemailer'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { anSmtpEnd } from '../../../test/smtp-end.ts'
import { openMail } from '../../platform/mail/open-mail.ts'
import { NO_LIMITS } from '../../platform/mail/pace/provider.ts'
import { getMailDomain, setReturnPattern } from '../mail-domain/contract/mail-domain.ts'
import { aPatient, ledger, mailingBy, mailRow, setWebAddress } from '../message/sample.ts'
import { sendDue, sendMessages } from '../message/server/index.ts'
import { unsubscribeTokenOf } from '../message/server/unsubscribe-token.ts'
import { createApiKey } from '../staff/contract/api-key.ts'
import {
  listMailReports,
  mailReportFigures,
  openMailReport,
  setMailReportAside,
  tieMailReport,
} from './contract/mail-report.ts'
import { aDsn, anArf, aPlain } from './sample-reports.ts'
import { startMailIntake } from './server/index.ts'
import { takeWaiting } from './server/take.ts'

const house = await aHouse()
const { clock } = house
const db = house.house.databases.of(house.tenant.id)
await setWebAddress(house, 'https://care.example.org')
const administrator = await house.as('system-administrator')
const manager = await house.as('quality-lead')
await administrator.call(setReturnPattern, { body: { returnPattern: 'bounce+*@mail.example.org', version: 0 } })

const end = await anSmtpEnd()
afterAll(() => end.close())
const mail = openMail(`smtp://127.0.0.1:${end.port}`, {
  clock,
  log: house.house.log,
  folder: `${house.filesFolder}/returned`,
  owner: `${process.pid}-returned`,
  limitsOf: () => NO_LIMITS,
})
afterAll(() => mail.close())
const intake = await startMailIntake({ house: house.house, port: 0, host: '127.0.0.1' })
afterAll(() => intake.close())

let count = 0
/** A person, and a mail that has gone out to them over a real connection; with the envelope it left by. */
async function aSentMail({ email, template = 'bp-remeasure' }: { email?: string; template?: string } = {}) {
  count += 1
  const address = email ?? `returned${count}@example.com`
  const patientId = await aPatient(house, { email: address })
  await house.write((ctx) =>
    sendMessages(ctx, [{ patientId, template, touch: `returned:${count}`, channels: ['email'] }]),
  )
  await sendDue(mailingBy(house.house, mail), house.tenant)
  const envelope = end.mails.find(({ to }) => to[0] === address)!
  return { patientId, address, returnPath: envelope.from, row: await mailRow(house, patientId) }
}

/** Brings a mail to the return address, as any server would. @returns the answer */
async function bring(raw: string, to: string): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: intake.port, ignoreTLS: true })
  try {
    return (await transport.sendMail({ envelope: { from: '', to }, raw })).response
  } catch (error) {
    return (error as { response?: string; message: string }).response ?? (error as Error).message
  } finally {
    transport.close()
  }
}

const suppressionsOf = (messageId: string) =>
  db.selectFrom('message_suppression').select(['reason', 'until']).where('message_id', '=', messageId).execute()
const reports = (list: 'open' | 'settled' | 'aside' = 'open') => manager.call(listMailReports, { query: { list } })
const optedOut = async (patientId: string) =>
  (
    await db
      .selectFrom('message_preference')
      .select(['purpose', 'how'])
      .where('patient_id', '=', patientId)
      .where('opted_out_at', 'is not', null)
      .orderBy('purpose')
      .execute()
  ).map(({ purpose, how }) => `${purpose} ${how}`)

beforeEach(async () => {
  await sql`delete from mail_report where organization_id = ${house.tenant.id}`.execute(db)
})

describe('over SMTP, at the address each mail left by', () => {
  test('an address that does not exist: the ledger says so, and nothing goes there for as long as the rules say', async () => {
    const { row, address, returnPath } = await aSentMail()
    expect(returnPath).toMatch(/^bounce\+[a-z2-7]{42}@mail\.example\.org$/)
    expect(row).toMatchObject({ state: 'accepted' })
    const dsn = aDsn({ to: returnPath, said: `550 5.1.1 <${address}> user unknown`, recipient: address })
    expect(await bring(dsn, returnPath)).toMatch(/^250/)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    const [suppression] = await suppressionsOf(row.id)
    expect(suppression).toMatchObject({ reason: 'bounced' })
    expect(suppression!.until!.getTime()).toBeGreaterThan(clock.now().getTime())
    const [line] = (await reports('settled')).rows
    expect(line).toMatchObject({ kind: 'bounce', meaning: 'gone', state: 'settled', mail: { id: row.id } })
    expect(JSON.stringify(line)).not.toContain(address)
  })

  test('by small or capital letters, since servers change them', async () => {
    const { row, returnPath } = await aSentMail()
    await bring(aDsn({ to: returnPath }), returnPath.toUpperCase())
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed' })
  })

  test('a throttle is no bounce: the mail came back, the address stays', async () => {
    const { row, returnPath } = await aSentMail({ email: '10001@qq.com' })
    await bring(
      aDsn({ to: returnPath, status: '5.0.0', said: '550 Domain frequency limited', recipient: '10001@qq.com' }),
      returnPath,
    )
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'came-back' })
    expect(await suppressionsOf(row.id)).toEqual([])
  })

  test('a bounce of QQ in Chinese words', async () => {
    const { row, returnPath } = await aSentMail({ email: '10002@qq.com' })
    const raw = aPlain({
      to: returnPath,
      from: 'PostMaster@qq.com',
      subject: '系统退信',
      text: '收件人邮箱不存在，邮件被退回。',
    })
    expect(await bring(raw, returnPath)).toMatch(/^250/)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
  })

  test('the same report again changes nothing, and neither does another of the same mail', async () => {
    const { row, returnPath } = await aSentMail()
    const dsn = aDsn({ to: returnPath, id: 'same' })
    await Promise.all([bring(dsn, returnPath), bring(dsn, returnPath), bring(dsn, returnPath)])
    expect((await reports('settled')).rows).toHaveLength(1)
    await bring(aDsn({ to: returnPath, id: 'another' }), returnPath)
    const events = await db
      .selectFrom('message_event')
      .select('kind')
      .where('message_id', '=', row.id)
      .where('kind', '=', 'undelivered')
      .execute()
    expect(events).toHaveLength(1)
    expect(await suppressionsOf(row.id)).toHaveLength(1)
  })

  test('a delay and a holiday note are taken and change nothing', async () => {
    const { row, returnPath } = await aSentMail()
    await bring(aDsn({ to: returnPath, action: 'delayed', status: '4.4.1' }), returnPath)
    await bring(aPlain({ to: returnPath, from: 'a@b.cn', subject: '自动回复', text: '出差' }), returnPath)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'accepted', delivered_at: null })
    expect((await reports()).rows).toEqual([])
    await bring(aDsn({ to: returnPath, action: 'delivered', status: '2.0.0' }), returnPath)
    expect((await mailRow(house, row.patient_id)).delivered_at).not.toBeNull()
  })

  test('an address that has changed meanwhile is not suppressed', async () => {
    const { row, returnPath } = await aSentMail()
    await db
      .updateTable('patient')
      .set({ email_sealed: house.house.sealer.seal(house.tenant.id, 'new@elsewhere.example') })
      .where('id', '=', row.patient_id)
      .execute()
    await bring(aDsn({ to: returnPath }), returnPath)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    expect(await suppressionsOf(row.id)).toEqual([])
  })

  test('what is quicker than the sender’s own commit waits for it', async () => {
    const { row, returnPath } = await aSentMail()
    const put = (state: 'claimed' | 'accepted', next: Date | null) =>
      db.updateTable('message').set({ state, next_at: next }).where('id', '=', row.id).execute()
    await put('claimed', clock.now())
    await bring(aDsn({ to: returnPath }), returnPath)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'claimed' })
    expect(await house.write(takeWaiting)).toBe(0)
    await put('accepted', null)
    expect(await house.write(takeWaiting)).toBe(1)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    expect((await reports('settled')).rows[0]).toMatchObject({ state: 'settled', mail: { id: row.id } })
  })
})

describe('what proves nothing changes nothing', () => {
  test('addresses that we have not made up are refused before a word of the mail is said', async () => {
    const { returnPath } = await aSentMail()
    const token = /\+(.{42})@/.exec(returnPath)![1]!
    const forged = [...'abcdef234'].map((letter) => token.slice(0, 41) + letter).filter((one) => one !== token)
    for (const part of ['a'.repeat(42), token.slice(0, 30) + 'z'.repeat(12), ...forged])
      expect(await bring(aDsn({ to: 'x@y.cn' }), `bounce+${part}@mail.example.org`)).toMatch(/^550/)
    expect(await bring(aDsn({ to: 'x@y.cn' }), 'someone@example.org')).toMatch(/^550/)
    expect((await reports()).rows).toEqual([])
  })

  test('a Message-ID alone proposes, and a person decides', async () => {
    const { row } = await aSentMail()
    const to = 'bounce+complaint@mail.example.org'
    expect((await administrator.call(getMailDomain)).complaintAddress).toBe(to)
    expect(await bring(aDsn({ to, messageId: row.message_id! }), to)).toMatch(/^250/)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'accepted' })
    expect(await suppressionsOf(row.id)).toEqual([])
    const [line] = (await reports()).rows
    expect(line).toMatchObject({ state: 'open', why: 'no-mark', meaning: 'gone', mail: null })
    const params = { mailReportId: line!.id }
    const opened = await manager.call(openMailReport, { params })
    expect(opened.candidates.map(({ id }) => id)).toEqual([row.id])
    expect(opened.text).toContain('Undelivered Mail')
    await manager.call(tieMailReport, { params, body: { messageId: row.id as never, meaning: 'gone' } })
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    // What was read is not kept longer than it is needed.
    expect((await manager.call(openMailReport, { params })).text).toBe('')
    const again = await manager.try(tieMailReport, { params, body: { messageId: row.id as never, meaning: 'gone' } })
    expect(again.code).toBe('MailReportSettled')
  })

  test('what nobody understands waits, is put aside, and taken back', async () => {
    const { row, returnPath } = await aSentMail()
    await bring(
      aPlain({ to: returnPath, from: 'postmaster@x.example', subject: '系统退信', text: '见附件' }),
      returnPath,
    )
    const [line] = (await reports()).rows
    expect(line).toMatchObject({ why: 'not-understood', mail: { id: row.id } })
    const params = { mailReportId: line!.id }
    await manager.call(setMailReportAside, { params, body: { aside: true, note: '广告' } })
    expect((await reports()).rows).toEqual([])
    expect((await reports('aside')).rows).toHaveLength(1)
    await manager.call(setMailReportAside, { params, body: { aside: false } })
    expect((await reports()).rows).toHaveLength(1)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'accepted' })
  })

  test('of another organization: its mark ties nothing here, and its people see nothing', async () => {
    const { row, returnPath } = await aSentMail()
    const other = await house.anOrganization('别家医院')
    const theirs = await house.as('quality-lead', { tenant: other })
    await bring(
      aPlain({ to: returnPath, from: 'postmaster@x.example', subject: '系统退信', text: '见附件' }),
      returnPath,
    )
    const [line] = (await reports()).rows
    const params = { mailReportId: line!.id }
    expect((await theirs.try(openMailReport, { params })).status).toBe(404)
    const body = { messageId: row.id as never, meaning: 'gone' as const }
    expect((await theirs.try(tieMailReport, { params, body })).status).toBe(404)
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'accepted' })
  })

  test('it is for those who may settle it', async () => {
    const nurse = await house.as('front-desk')
    expect((await nurse.try(listMailReports, { query: {} as never })).status).toBe(403)
  })
})

describe('complaints', () => {
  test('by the address the mail left by: no more promotion, nor care where it was care; counted once', async () => {
    const { row, returnPath } = await aSentMail({ template: 'bp-remeasure' })
    const to = 'bounce+complaint@mail.example.org'
    await bring(anArf({ to, mailFrom: returnPath }), to)
    await bring(anArf({ to, mailFrom: returnPath }), to)
    expect(row.purpose).toBe('care')
    expect(await optedOut(row.patient_id)).toEqual(['care complaint', 'promotion complaint'])
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'accepted' })
    expect((await manager.call(mailReportFigures)).complaints).toBe(1)
  })

  test('by the unsubscribe link of the mail it quotes', async () => {
    const { row } = await aSentMail()
    const token = unsubscribeTokenOf({ sealer: house.house.sealer, organizationId: house.tenant.id }, row.id)
    const to = 'bounce+complaint@mail.example.org'
    await bring(anArf({ to, unsubscribe: token }), to)
    expect(await optedOut(row.patient_id)).toContain('promotion complaint')
  })

  test('without either, somebody looks', async () => {
    const to = 'bounce+complaint@mail.example.org'
    await bring(anArf({ to }), to)
    expect((await reports()).rows).toMatchObject([{ kind: 'complaint', why: 'no-mark' }])
  })
})

describe('handed over by the hospital’s own mail server', () => {
  const submit = (key: string, raw: string, query = '') =>
    house.app.inject({
      method: 'POST',
      url: `/api/mail-reports${query}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' },
      payload: raw,
    })

  test('with a key: taken, known again, refused where it is too long or without a key', async () => {
    const { key } = await administrator.call(createApiKey, {
      body: { name: '邮件服务器', permissions: ['mail-report.submit'], validDays: null },
    })
    const { row, returnPath } = await aSentMail()
    const raw = aDsn({ to: 'postmaster@hospital.example' })
    const first = await submit(key, raw, `?to=${encodeURIComponent(returnPath)}`)
    expect(first.json()).toMatchObject({ state: 'settled', isNew: true })
    expect((await submit(key, raw, `?to=${encodeURIComponent(returnPath)}`)).json()).toMatchObject({ isNew: false })
    expect(await mailRow(house, row.patient_id)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    expect((await submit(key, '')).json()).toMatchObject({ code: 'MailReportEmpty' })
    expect((await submit(key, 'x'.repeat(1024 * 1024 + 1))).statusCode).toBe(413)
    expect((await submit('nobody', raw)).statusCode).toBe(401)
    expect((await ledger(house, row.patient_id)).length).toBe(1)
  })
})
