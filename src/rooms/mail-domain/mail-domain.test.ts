import { createHash, verify } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { anSmtpEnd } from '../../../test/smtp-end.ts'
import { relaxedBody, relaxedHeader, splitHeaders } from '../../platform/mail/mime/dkim-canonical.ts'
import { openMail } from '../../platform/mail/open-mail.ts'
import { NO_LIMITS } from '../../platform/mail/pace/provider.ts'
import { aPatient, mailingBy, setWebAddress } from '../message/sample.ts'
import { notifyStaff, sendDue, sendMessages } from '../message/server/index.ts'
import { sendNoticeMails } from '../message/server/notice-mail.ts'
import {
  checkMailKey,
  getMailDomain,
  makeMailKey,
  retireMailKey,
  setReturnPattern,
  useMailKey,
} from './contract/mail-domain.ts'
import { publicKeyOf } from './server/rules/key-record.ts'
import { findReturnToken, returnTokenOf } from './server/rules/return-address.ts'

const house = await aHouse()
await setWebAddress(house, 'https://care.example.org')
const db = house.house.databases.of(house.tenant.id)
const administrator = await house.as('system-administrator')
/** What stands in the DNS. */
const zone = new Map<string, string[] | 'unreachable'>()
house.house.lookupTxt = (name) => Promise.resolve(zone.get(name) ?? [])

const end = await anSmtpEnd()
afterAll(() => end.close())
const mail = openMail(`smtp://127.0.0.1:${end.port}`, {
  clock: house.clock,
  log: house.house.log,
  folder: `${house.filesFolder}/signed`,
  owner: `${process.pid}-signed`,
  limitsOf: () => NO_LIMITS,
})
afterAll(() => mail.close())

let count = 0
async function aMail(): Promise<{ raw: string; from: string }> {
  const email = `signed${++count}@example.com`
  const patientId = await aPatient(house, { email })
  await house.write((ctx) =>
    sendMessages(ctx, [{ patientId, template: 'bp-remeasure', touch: `signed:${count}`, channels: ['email'] }]),
  )
  await sendDue(mailingBy(house.house, mail), house.tenant)
  return end.mails.find(({ to }) => to[0] === email)!
}

/** Looks a mail over as a receiving server does, with what stands in the zone and nothing of the house. */
function signaturesOf(raw: string): { selector: string; domain: string; isGood: boolean }[] {
  const at = raw.indexOf('\r\n\r\n')
  const headers = splitHeaders(raw.slice(0, at + 2))
  return headers
    .filter(({ name }) => name === 'dkim-signature')
    .map((header) => {
      const tags = new Map(
        header.value.split(';').map((part) => {
          const equals = part.indexOf('=')
          return [part.slice(0, equals).trim(), part.slice(equals + 1).replace(/\s/g, '')] as const
        }),
      )
      const rest = [...headers].reverse()
      const signed = tags
        .get('h')!
        .split(':')
        .map((name) => {
          const index = rest.findIndex((one) => one.name === name.toLowerCase())
          return index < 0 ? '' : `${relaxedHeader(rest.splice(index, 1)[0]!)}\r\n`
        })
      const own = relaxedHeader({ name: 'dkim-signature', value: header.value.replace(/(\bb=)[^;]*$/, '$1') })
      const data = Buffer.from(signed.join('') + own)
      const [selector, domain] = [tags.get('s')!, tags.get('d')!]
      const record = (zone.get(`${selector}._domainkey.${domain}`) as string[] | undefined)?.[0] ?? ''
      const kind = record.includes('k=ed25519') ? ('ed25519' as const) : ('rsa' as const)
      const key = publicKeyOf({ kind, publicKey: /p=(.*)$/.exec(record)![1]! })
      const signature = Buffer.from(tags.get('b')!, 'base64')
      const isSigned =
        kind === 'rsa'
          ? verify('sha256', data, key, signature)
          : verify(null, createHash('sha256').update(data).digest(), key, signature)
      const body = createHash('sha256')
        .update(relaxedBody(raw.slice(at + 4)))
        .digest('base64')
      return { selector, domain, isGood: isSigned && body === tags.get('bh') }
    })
}

const keys = async () => (await administrator.call(getMailDomain)).keys

describe('a key', () => {
  test('is made, published, switched on, and from then on signs what leaves', async () => {
    expect(signaturesOf((await aMail()).raw)).toEqual([])
    const [key] = (await administrator.call(makeMailKey, { body: { kind: 'rsa' } })).keys
    expect(key).toMatchObject({
      kind: 'rsa',
      state: 'made',
      domain: 'care.example.org',
      selector: 'pb2603a',
      fits: true,
    })
    expect(key!.record.name).toBe('pb2603a._domainkey.care.example.org')
    const params = { mailKeyId: key!.id }
    // Nothing in the DNS yet: what nobody can check is worse than no signature.
    expect((await administrator.try(useMailKey, { params })).code).toBe('MailKeyUnpublished')
    expect((await keys())[0]).toMatchObject({ state: 'made', checked: { finding: 'missing' } })
    expect(signaturesOf((await aMail()).raw)).toEqual([])
    zone.set(key!.record.name, [key!.record.value])
    await administrator.call(useMailKey, { params })
    const { raw } = await aMail()
    expect(signaturesOf(raw)).toEqual([{ selector: 'pb2603a', domain: 'care.example.org', isGood: true }])
    // A word that is changed on the way shows.
    expect(signaturesOf(raw.replace(/^Subject: .*$/m, 'Subject: other'))[0]!.isGood).toBe(false)
    // RFC 8058: both headers of the one click are covered.
    expect(/h=([^;]*);/.exec(raw)![1]!.replace(/\s/g, '')).toContain('list-unsubscribe-post')
  })

  test('never shows its private half, and keeps it sealed', async () => {
    const answer = await administrator.try(getMailDomain)
    expect(answer.raw.body).not.toMatch(/PRIVATE|private/)
    const rows = await db.selectFrom('mail_key').select('private_sealed').execute()
    expect(rows[0]!.private_sealed!.toString('latin1')).not.toContain('PRIVATE KEY')
  })

  test('is followed by another under its own selector; the first one’s private half is gone', async () => {
    const before = (await keys())[0]!
    const made = (await administrator.call(makeMailKey, { body: { kind: 'rsa' } })).keys[0]!
    expect(made.selector).toBe('pb2603b')
    expect((await administrator.try(makeMailKey, { body: { kind: 'rsa' } })).code).toBe('MailKeyWaiting')
    zone.set(made.record.name, [made.record.value])
    expect(signaturesOf((await aMail()).raw)).toMatchObject([{ selector: 'pb2603a', isGood: true }])
    await administrator.call(useMailKey, { params: { mailKeyId: made.id } })
    expect(signaturesOf((await aMail()).raw)).toMatchObject([{ selector: 'pb2603b', isGood: true }])
    const former = (await keys()).find(({ id }) => id === before.id)!
    expect(former).toMatchObject({ state: 'retired' })
    expect(former.recordUntil).not.toBeNull()
    const rows = await db
      .selectFrom('mail_key')
      .select(['selector', 'private_sealed'])
      .where('state', '=', 'retired')
      .execute()
    expect(rows).toEqual([{ selector: 'pb2603a', private_sealed: null }])
    expect((await administrator.try(useMailKey, { params: { mailKeyId: former.id } })).code).toBe('MailKeyOver')
  })

  test('of Ed25519 signs beside one of RSA; mails to staff are signed as well', async () => {
    const made = (await administrator.call(makeMailKey, { body: { kind: 'ed25519' } })).keys[0]!
    zone.set(made.record.name, [made.record.value])
    await administrator.call(useMailKey, { params: { mailKeyId: made.id } })
    const both = signaturesOf((await aMail()).raw)
    expect(both.map(({ isGood }) => isGood)).toEqual([true, true])
    expect(new Set(both.map(({ selector }) => selector))).toEqual(new Set(['pb2603b', 'pb2603c']))
    const doctor = await house.as('physician')
    await db.updateTable('staff').set({ email: 'doctor@example.com' }).where('id', '=', doctor.staffId).execute()
    await house.write((ctx) => notifyStaff(ctx, doctor.staffId, { kind: 'task-reminder', sourceKey: 'signed' }))
    await sendNoticeMails(mailingBy(house.house, mail), house.tenant)
    const notice = end.mails.find(({ to }) => to[0] === 'doctor@example.com')
    expect(signaturesOf(notice!.raw).map(({ isGood }) => isGood)).toEqual([true, true])
  })

  test('whose record is another’s, or doubled, or cannot be asked for, is not switched on', async () => {
    const made = (await administrator.call(makeMailKey, { body: { kind: 'rsa' } })).keys[0]!
    const params = { mailKeyId: made.id }
    const found = async (records: string[] | 'unreachable') => {
      zone.set(made.record.name, records)
      await administrator.call(checkMailKey, { params })
      return (await keys()).find(({ id }) => id === made.id)!.checked!.finding
    }
    expect(await found(['v=DKIM1; k=rsa; p=AAAA'])).toBe('other')
    expect(await found([made.record.value, made.record.value])).toBe('other')
    expect(await found('unreachable')).toBe('unreachable')
    expect(await found(['v=spf1 -all'])).toBe('missing')
    expect((await administrator.try(useMailKey, { params })).code).toBe('MailKeyUnpublished')
    // Pieces of 255 letters, as zones keep them, arrive put together; spaces inside do not matter.
    expect(await found([made.record.value.replace('p=', 'p= ')])).toBe('published')
    await administrator.call(retireMailKey, { params })
    expect((await keys()).find(({ id }) => id === made.id)!.state).toBe('gone')
  })

  test('is not switched on once mails come from another domain, and says so', async () => {
    const made = (await administrator.call(makeMailKey, { body: { kind: 'rsa' } })).keys[0]!
    zone.set(made.record.name, [made.record.value])
    await setWebAddress(house, 'https://other.example.org')
    expect((await keys())[0]).toMatchObject({ fits: false })
    expect((await administrator.try(useMailKey, { params: { mailKeyId: made.id } })).code).toBe('MailKeyOfOtherDomain')
    await setWebAddress(house, 'https://care.example.org')
    await administrator.call(retireMailKey, { params: { mailKeyId: made.id } })
  })

  test('that is stopped signs no more', async () => {
    for (const { id, state } of await keys())
      if (state === 'signing') await administrator.call(retireMailKey, { params: { mailKeyId: id } })
    expect(signaturesOf((await aMail()).raw)).toEqual([])
  })

  test('is the business of system administrators, of their own organization', async () => {
    const doctor = await house.as('physician')
    expect((await doctor.try(makeMailKey, { body: { kind: 'rsa' } })).status).toBe(403)
    const theirs = await house.as('system-administrator', { tenant: await house.anOrganization('别家医院') })
    const [mine] = await keys()
    expect((await theirs.try(retireMailKey, { params: { mailKeyId: mine!.id } })).status).toBe(404)
    expect((await theirs.call(getMailDomain)).keys).toEqual([])
  })
})

describe('a return address', () => {
  test('names its mail, survives capital letters, and fits into 64 letters', async () => {
    const { sealer, ids } = house.house
    const id = ids.next()
    const token = returnTokenOf(sealer, house.tenant.id, id)
    expect(token).toMatch(/^[a-z2-7]{42}$/)
    const other = house.house.ids.next()
    const found = findReturnToken(sealer, [other, house.tenant.id], `<BOUNCE+${token.toUpperCase()}@MAIL.EXAMPLE.ORG>`)
    expect(found).toEqual({ organizationId: house.tenant.id, messageId: id })
    expect(findReturnToken(sealer, [other], token)).toBeUndefined()
    expect(findReturnToken(sealer, [house.tenant.id], `x${token}`)).toBeUndefined()
  })

  test('is that of the envelope once it is set, and the sender’s again once it is taken back', async () => {
    expect((await aMail()).from).toBe('no-reply@care.example.org')
    const { version } = await administrator.call(getMailDomain)
    await administrator.call(setReturnPattern, { body: { returnPattern: 'Bounce+*@Mail.Example.org', version } })
    const [first, second] = [await aMail(), await aMail()]
    expect(first.from).toMatch(/^bounce\+[a-z2-7]{42}@mail\.example\.org$/)
    expect(second.from).not.toBe(first.from)
    const stale = await administrator.try(setReturnPattern, { body: { returnPattern: null, version } })
    expect(stale.code).toBe('MailDomainChangedMeanwhile')
    await administrator.call(setReturnPattern, { body: { returnPattern: null, version: version + 1 } })
    expect((await aMail()).from).toBe('no-reply@care.example.org')
  })

  test.each([
    'bounce@mail.example.org',
    '*@localhost',
    'a b*@x.cn',
    `${'a'.repeat(21)}*@x.cn`,
    '*@x.cn\r\nBcc: y@z.cn',
    '**@x.cn',
  ])('%j is none', async (returnPattern) => {
    const { version } = await administrator.call(getMailDomain)
    expect((await administrator.try(setReturnPattern, { body: { returnPattern, version } })).status).toBe(400)
  })
})
