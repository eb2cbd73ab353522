import { expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import * as organization from './contract/organization.ts'
import * as place from './contract/place.ts'

const house = await aHouse()
const administrator = await house.as('system-administrator', { name: '何伟' })
const nurse = await house.as('service-manager')

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function change(part: object) {
  const { id: _id, slug: _slug, logo: _logo, ...now } = await administrator.call(organization.getOrganization)
  return administrator.try(organization.changeOrganization, { body: { ...now, ...part } })
}

function upload(caller: Caller, content: Buffer, media = 'image/png') {
  return house.app.inject({
    method: 'PUT',
    url: '/api/organization/logo',
    headers: { 'x-peiban': '1', 'content-type': media },
    cookies: { peiban_session: caller.token },
    payload: content,
  })
}

test('before signing in one learns the names of the organizations and no more', async () => {
  const { organizations } = await nobody(house).call(organization.listSignInOrganizations)
  expect(organizations).toEqual([{ slug: expect.any(String), name: house.tenant.name, nameEn: '', demo: false }])
})

test('a change of name and time zone is seen by the next call', async () => {
  const answer = await change({ name: '仁和医院', timeZone: 'Asia/Urumqi', phone: '0571-8888', address: '文三路 1 号' })
  expect(answer.status).toBe(200)
  expect(await house.house.tenant(house.tenant.id)).toMatchObject({ name: '仁和医院', timeZone: 'Asia/Urumqi' })
  expect(await nurse.call(organization.getOrganization)).toMatchObject({ name: '仁和医院', phone: '0571-8888', logo: null })
})

test('another process sees the change within seconds', async () => {
  await house.house.tenant(house.tenant.id)
  await house.house.databases.none.updateTable('organization').set({ name: '改名医院' }).where('id', '=', house.tenant.id).execute()
  expect((await house.house.tenant(house.tenant.id)).name).toBe('仁和医院')
  house.clock.advance({ seconds: 6 })
  expect((await house.house.tenant(house.tenant.id)).name).toBe('改名医院')
})

test('a time zone nobody knows is refused, and the field is named', async () => {
  const answer = await change({ timeZone: 'Asia/Beijing' })
  expect(answer).toMatchObject({ status: 422, code: 'TimeZoneUnknown', body: { path: 'body.timeZone' } })
})

test('of two people who change the same thing one is told', async () => {
  const { id: _id, slug: _slug, logo: _logo, ...now } = await administrator.call(organization.getOrganization)
  const answers = await Promise.all(
    ['甲医院', '乙医院'].map((name) => administrator.try(organization.changeOrganization, { body: { ...now, name } })),
  )
  expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
  expect(answers.find((a) => a.status === 409)?.code).toBe('ChangedMeanwhile')
})

test('settings and security policy are kept apart', async () => {
  const security = await house.as('security-administrator')
  const { settings, version } = await administrator.call(organization.getSettings)
  await administrator.call(organization.changeSettings, { body: { settings: { ...settings, digestAt: '14:30' }, version } })
  const { policy, version: next } = await security.call(organization.getSecurityPolicy)
  await security.call(organization.changeSecurityPolicy, { body: { policy: { ...policy, passwordLengthMin: 12 }, version: next } })
  expect((await administrator.call(organization.getSettings)).settings.digestAt).toBe('14:30')
  expect((await security.call(organization.getSecurityPolicy)).policy.passwordLengthMin).toBe(12)
  expect((await administrator.try(organization.getSecurityPolicy)).status).toBe(403)
  expect((await security.try(organization.getSettings)).status).toBe(403)
})

test('what changed is in the audit log, by field', async () => {
  const row = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select(['actor_name', 'detail', 'outcome'])
    .where('action', '=', 'organization.change-settings')
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ actor_name: '何伟', detail: { changed: ['digestAt'] }, outcome: 'done' })
})

test('a logo is stored, shown to who is signed in, replaced and taken away', async () => {
  expect((await upload(administrator, PNG)).statusCode).toBe(200)
  const shown = await nurse.try(organization.getLogo)
  expect(shown.raw.headers['content-type']).toBe('image/png')
  expect(shown.raw.rawPayload.equals(PNG)).toBe(true)
  expect((await nobody(house).try(organization.getLogo)).status).toBe(401)
  await administrator.call(organization.removeLogo)
  expect((await nurse.try(organization.getLogo)).status).toBe(404)
})

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 415],
  ['JSON', Buffer.from('{}'), 'application/json', 415],
  ['too many bytes', Buffer.concat([PNG, Buffer.alloc(300 * 1024)]), 'image/png', 413],
])('%s is no logo', async (_name, content, media, status) => {
  expect((await upload(administrator, content, media)).statusCode).toBe(status)
})

test('a site is added, renamed and taken out of use; its name is unique', async () => {
  const fields = { name: '城西院区', address: '', phone: '' }
  const { id } = await administrator.call(place.createSite, { body: fields })
  expect(await administrator.try(place.createSite, { body: fields })).toMatchObject({ status: 409, code: 'SiteNameTaken' })
  const params = { siteId: id }
  await administrator.call(place.changeSite, { params, body: { ...fields, name: '西院', active: false, version: 1 } })
  expect(await administrator.try(place.changeSite, { params, body: { ...fields, active: true, version: 1 } })).toMatchObject({ status: 409 })
  const { sites } = await nurse.call(place.listSites)
  expect(sites).toEqual([{ id, name: '西院', address: '', phone: '', active: false, version: 2 }])
})

test('a department names its site and lead, who must exist here', async () => {
  const { id: siteId } = await administrator.call(place.createSite, { body: { name: '东院', address: '', phone: '' } })
  const fields = { name: '全科', siteId, leadId: nurse.staffId as never }
  const { id } = await administrator.call(place.createDepartment, { body: fields })
  const stranger = await house.as('physician', { tenant: await house.anOrganization() })
  const refused = await administrator.try(place.createDepartment, { body: { ...fields, name: '内科', leadId: stranger.staffId } })
  expect(refused).toMatchObject({ status: 422, code: 'LeadUnknown' })
  const params = { departmentId: id }
  const body = { ...fields, name: '全科医学', leadId: null, active: true, version: 1 }
  await administrator.call(place.changeDepartment, { params, body })
  expect((await nurse.call(place.listDepartments)).departments).toEqual([
    { id, name: '全科医学', siteId, leadId: null, active: true, version: 2 },
  ])
})

test('another organization sees none of it', async () => {
  const other = await house.as('system-administrator', { tenant: await house.anOrganization() })
  expect((await other.call(place.listSites)).sites).toEqual([])
  const [site] = (await administrator.call(place.listSites)).sites
  const body = { name: '抢来的', address: '', phone: '', active: true, version: site!.version }
  expect((await other.try(place.changeSite, { params: { siteId: site!.id }, body })).status).toBe(409)
})
