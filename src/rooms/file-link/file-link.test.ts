import { afterAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { anSmtpEnd } from '../../../test/smtp-end.ts'
import { openMail } from '../../platform/mail/open-mail.ts'
import { NO_LIMITS } from '../../platform/mail/pace/provider.ts'
import { aPatient, mailingBy, mailRow, setWebAddress } from '../message/sample.ts'
import { sendDue } from '../message/server/index.ts'
import { listFileLinks, revokeFileLink } from './contract/file-link.ts'
import { kindOf, nameOf } from './server/rules/link-state.ts'

const house = await aHouse()
await setWebAddress(house, 'https://care.example.org')
const signIn = () => house.as(['front-desk', 'service-manager'])
let doctor = await signIn()
const db = house.house.databases.of(house.tenant.id)
const PDF = Buffer.from('%PDF-1.7 结节报告')

const end = await anSmtpEnd()
afterAll(() => end.close())
const mail = openMail(`smtp://127.0.0.1:${end.port}`, {
  clock: house.clock,
  log: house.house.log,
  folder: `${house.filesFolder}/files-mail`,
  owner: `${process.pid}-files`,
  limitsOf: () => NO_LIMITS,
})
afterAll(() => mail.close())

const submit = (patientId: string, { content = PDF, name = '肺结节报告.pdf', days = 7, token = doctor.token } = {}) =>
  house.app.inject({
    method: 'POST',
    url: `/api/patients/${patientId}/file-links?days=${days}`,
    headers: {
      cookie: `peiban_session=${token}`,
      'x-peiban': '1',
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    payload: content,
  })

let count = 0
/** Sends a file, and takes the link out of the mail that arrived. */
async function aLink(days = 7) {
  const email = `files${++count}@example.com`
  const patientId = await aPatient(house, { email })
  const answer = await submit(patientId, { days })
  expect(answer.statusCode, answer.body).toBe(200)
  await sendDue(mailingBy(house.house, mail), house.tenant)
  const { raw } = end.mails.find(({ to }) => to[0] === email)!
  const text = raw
    .split('\r\n\r\n')
    .map((part) => Buffer.from(part, 'base64').toString('utf8') + part.replace(/=\r\n/g, ''))
    .join('\n')
  const path = /https:\/\/care\.example\.org(\/api\/f\/[0-9a-f]{32}\.[\w-]{43})/.exec(text)![1]!
  return { patientId, path, raw, text, id: (answer.json() as { id: string }).id }
}

const look = (path: string) => house.app.inject({ method: 'GET', url: path })
const open = (path: string, birthDate: string) =>
  house.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ birthDate }).toString(),
  })
const lineOf = async (patientId: string) =>
  (await doctor.call(listFileLinks, { params: { patientId: patientId as never } })).links[0]!

describe('a file', () => {
  test('travels as a link: the mail holds neither it nor its name; it opens with the date of birth', async () => {
    const { patientId, path, text, raw } = await aLink()
    expect(text).not.toContain('结节')
    expect(raw).not.toContain('%PDF')
    const page = await look(path)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.body).toContain('出生日期')
    expect(page.body).not.toContain('结节')
    // Looking counts nothing, however often.
    await look(path)
    expect(await lineOf(patientId)).toMatchObject({ state: 'open', openings: 0, wrong: 0, fileName: '肺结节报告.pdf' })
    const file = await open(path, '1960年5月5日')
    expect(file.headers['content-type']).toContain('application/pdf')
    expect(file.headers['content-disposition']).toContain('attachment')
    expect(file.headers['cache-control']).toBe('no-store')
    expect(file.rawPayload.equals(PDF)).toBe(true)
    expect(await lineOf(patientId)).toMatchObject({ openings: 1, wrong: 0 })
    const log = await db
      .selectFrom('audit_entry' as never)
      .selectAll()
      .where('action' as never, '=', 'file-link.open' as never)
      .execute()
    expect(log).toMatchObject([{ outcome: 'done', patient_id: patientId }])
  })

  test('shuts after five wrong dates, counted exactly when they come at once; what is no date is no try', async () => {
    const { patientId, path } = await aLink()
    expect((await open(path, 'yesterday')).body).toContain('没看懂')
    expect((await lineOf(patientId)).wrong).toBe(0)
    expect((await open(path, '19700101')).body).toContain('不对')
    await Promise.all(Array.from({ length: 12 }, (_, n) => open(path, `1970010${(n % 9) + 1}`)))
    expect(await lineOf(patientId)).toMatchObject({ state: 'locked', wrong: 5, openings: 0 })
    const late = await open(path, '19600505')
    expect(late.headers['content-type']).toContain('text/html')
    expect(late.body).toContain('不能用了')
  })

  test('is gone after its time', async () => {
    const { patientId, path } = await aLink(3)
    house.clock.advance({ hours: 73 })
    // A session does not last as long as a link.
    doctor = await signIn()
    expect((await open(path, '19600505')).body).toContain('不能用了')
    expect(await lineOf(patientId)).toMatchObject({ state: 'expired', openings: 0 })
  })

  test('can be shut at once, once; a mail that is still here does not go out', async () => {
    const { patientId, path, id } = await aLink()
    await doctor.call(revokeFileLink, { params: { fileLinkId: id as never } })
    expect((await open(path, '19600505')).body).toContain('不能用了')
    expect(await lineOf(patientId)).toMatchObject({ state: 'revoked' })
    expect((await doctor.try(revokeFileLink, { params: { fileLinkId: id as never } })).code).toBe('FileLinkOver')
    const other = await aPatient(house)
    const answer = await submit(other)
    await doctor.call(revokeFileLink, { params: { fileLinkId: answer.json().id } })
    expect(await mailRow(house, other)).toMatchObject({ state: 'cancelled' })
  })
})

describe('is refused', () => {
  test('what is no PDF and no picture, whatever its name says', async () => {
    const patientId = await aPatient(house)
    expect((await submit(patientId, { content: Buffer.from('<script>') })).json().code).toBe('FileUnfit')
    expect((await submit(patientId, { content: Buffer.alloc(0) })).json().code).toBe('FileUnfit')
    expect((await submit(patientId, { content: Buffer.alloc(20 * 1024 * 1024 + 1) })).statusCode).toBe(413)
    expect((await doctor.call(listFileLinks, { params: { patientId: patientId as never } })).links).toEqual([])
  })

  test('whoever may not write to patients, and another organization', async () => {
    const { patientId, path, id } = await aLink()
    const desk = await house.as('front-desk')
    expect((await submit(patientId, { token: desk.token })).statusCode).toBe(403)
    const theirs = await house.as('physician', { tenant: await house.anOrganization('别家医院') })
    expect((await theirs.try(revokeFileLink, { params: { fileLinkId: id as never } })).status).toBe(404)
    expect((await look(path.replace(/f\/[0-9a-f]{32}/, `f/${theirs.tenant.id.replaceAll('-', '')}`))).statusCode).toBe(
      404,
    )
    expect((await look(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).statusCode).toBe(404)
    expect((await lineOf(patientId)).state).toBe('open')
  })

  test('without a mail address or a date of birth, and says which', async () => {
    const silent = await aPatient(house, { email: undefined as never })
    expect((await submit(silent)).json().code).toBe('FileOwnerWithoutMail')
    expect((await doctor.call(listFileLinks, { params: { patientId: silent as never } })).hindrance).toBe('no-mail')
  })
})

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['C:\\x\\报告.PDF', '报告.pdf'],
  ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie x.pdf'],
  ['', 'file.pdf'],
])('%j is kept as %s', (given, name) => expect(nameOf(given, '.pdf')).toBe(name))

test('a kind is read from the first bytes', () => {
  expect(kindOf(Buffer.from('ffd8ffe0', 'hex'))?.media).toBe('image/jpeg')
  expect(kindOf(Buffer.from('89504e470d0a1a0a00', 'hex'))?.media).toBe('image/png')
  expect(kindOf(Buffer.from('GIF89a'))).toBeUndefined()
})
