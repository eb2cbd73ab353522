import { beforeEach, describe, expect, test } from 'vitest'
import { aHouse, nobody, visitor, type Caller } from '../../../test/house.ts'
import { createDepartment } from '../organization/contract/place.ts'
import * as administration from './contract/administration.ts'
import { acceptInvitation, readInvitation, signIn } from './contract/sign-in.ts'
import { listDirectory, me } from './contract/staff.ts'
import { managersOf } from './server/index.ts'

const house = await aHouse()
let security: Caller
const reader = { db: house.house.databases.of(house.tenant.id), organizationId: house.tenant.id }
let count = 0

// Signed in afresh for each test, since the clock travels.
beforeEach(async () => {
  security = await house.as('security-administrator', { name: '冯静' })
})

const person = { name: '李素珍', title: '主管护师', email: null, departmentId: null }
const aNewcomer = (part: object = {}) =>
  security.call(administration.createStaff, { body: { ...person, login: `xinren${++count}`, roles: ['service-manager'], ...part } })
const open = (staffId: string) => ({ params: { staffId } }) as never
const find = async (search: string) => (await security.call(administration.listStaff, { query: { search } })).rows[0]!

describe('an invitation', () => {
  test('greets its person, sets a password once and signs in', async () => {
    const { token } = await aNewcomer({ login: 'lisuzhen' })
    expect(await nobody(house).call(readInvitation, { body: { token } })).toEqual({
      name: '李素珍', login: 'lisuzhen', organization: house.tenant.name, purpose: 'invite', passwordLengthMin: 8,
    })
    const weak = await nobody(house).try(acceptInvitation, { body: { token, password: 'lisuzhen-2026A' } })
    expect(weak.code).toBe('PasswordTooWeak')
    const answer = await nobody(house).try(acceptInvitation, { body: { token, password: 'Zhenxin-2026' } })
    const session = /peiban_session=([^;]+)/.exec(String(answer.raw.headers['set-cookie']))![1]!
    expect(await visitor(house, session).call(me)).toMatchObject({ login: 'lisuzhen' })
    expect((await nobody(house).try(acceptInvitation, { body: { token, password: 'Zhenxin-2027' } })).code).toBe('InvitationSpent')
    expect((await nobody(house).try(signIn, { body: { login: 'lisuzhen', password: 'Zhenxin-2026' } })).status).toBe(200)
  })

  test('accepted twice at once works once', async () => {
    const { token } = await aNewcomer()
    const answers = await Promise.all(
      ['Zhenxin-2026', 'Zhenxin-2027'].map((password) => nobody(house).try(acceptInvitation, { body: { token, password } })),
    )
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 410])
  })

  test.each([
    ['after three days', async () => house.clock.advance({ hours: 72 })],
    ['when a newer one was sent', async (id: string) => void (await security.call(administration.issueLink, open(id)))],
    ['when the account was closed', async (id: string) => void (await security.call(administration.disableStaff, open(id)))],
  ])('no longer works %s', async (_name, happen) => {
    const { id, token } = await aNewcomer()
    await happen(id)
    expect(await nobody(house).try(readInvitation, { body: { token } })).toMatchObject({ status: 410, code: 'InvitationSpent' })
  })

  test('is mailed where mail goes out and the person has an address', async () => {
    const sent: { to: string; text: string; subject: string }[] = []
    const quiet = house.house.mail
    house.house.mail = { kind: 'smtp', send: async (mail) => (sent.push(mail), { kind: 'accepted', reply: 'ok' }), close: () => {} }
    const answer = await house.app.inject({
      method: 'POST', url: '/api/staff', cookies: { peiban_session: (await house.as('security-administrator')).token },
      headers: { 'x-peiban': '1', origin: 'https://care.example.cn' },
      payload: { ...person, email: 'li@example.cn', login: `xinren${++count}`, roles: ['physician'] },
    })
    await house.settle()
    house.house.mail = quiet
    const { token, isMailed } = answer.json<{ token: string; isMailed: boolean }>()
    expect(isMailed).toBe(true)
    expect(sent).toEqual([expect.objectContaining({ to: 'li@example.cn', subject: `${house.tenant.name}邀请您使用陪伴` })])
    expect(sent[0]!.text).toContain(`https://care.example.cn/invitation#${token}`)
  })

  test('a reset link ends the sessions and the lock, and refuses the old password', async () => {
    const { id, token, login } = { ...(await aNewcomer()), login: `xinren${count}` }
    const first = await nobody(house).try(acceptInvitation, { body: { token, password: 'Zhenxin-2026' } })
    const session = visitor(house, /peiban_session=([^;]+)/.exec(String(first.raw.headers['set-cookie']))![1]!)
    for (let n = 0; n < 5; n++) await nobody(house).try(signIn, { body: { login, password: 'Wrong-2026' } })
    const reset = await security.call(administration.issueLink, open(id))
    expect((await nobody(house).try(acceptInvitation, { body: { token: reset.token, password: 'Zhenxin-2026' } })).code).toBe('PasswordUsedBefore')
    expect((await nobody(house).try(acceptInvitation, { body: { token: reset.token, password: 'Zhenxin-2027' } })).status).toBe(200)
    expect((await session.try(me)).status).toBe(401)
    expect((await nobody(house).try(signIn, { body: { login, password: 'Zhenxin-2027' } })).status).toBe(200)
  })
})

describe('an account', () => {
  test('has a login of its own', async () => {
    await aNewcomer({ login: 'zhangsan' })
    const again = await security.try(administration.createStaff, { body: { ...person, login: 'zhangsan', roles: ['physician'] } })
    expect(again).toMatchObject({ status: 409, code: 'LoginTaken', body: { path: 'body.login' } })
  })

  test('is changed by whoever read it last; the other is told', async () => {
    const { id } = await aNewcomer({ name: '改名前' })
    const change = (name: string) => security.try(administration.changeStaff, { params: { staffId: id }, body: { ...person, name, version: 1 } })
    const answers = await Promise.all([change('甲'), change('乙')])
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
  })

  test('belongs to a department of this house', async () => {
    const administrator = await house.as('system-administrator')
    const { id: departmentId } = await administrator.call(createDepartment, { body: { name: '全科', siteId: null, leadId: null } })
    await aNewcomer({ name: '有科室', departmentId })
    expect((await find('有科室')).departmentName).toBe('全科')
    const elsewhere = await security.try(administration.createStaff, {
      body: { ...person, login: 'keshi', roles: ['physician'], departmentId: house.house.ids.next() },
    })
    expect(elsewhere.code).toBe('DepartmentUnknown')
  })

  test('that is closed loses its sessions at once and gets no link; opened again it works', async () => {
    const nurse = await house.as('service-manager')
    await security.call(administration.disableStaff, open(nurse.staffId))
    expect((await nurse.try(me)).code).toBe('NotSignedIn')
    expect((await security.try(administration.issueLink, open(nurse.staffId))).code).toBe('AccountNotOpen')
    await security.call(administration.enableStaff, open(nurse.staffId))
    const link = await security.call(administration.issueLink, open(nurse.staffId))
    expect((await nobody(house).try(acceptInvitation, { body: { token: link.token, password: 'Zhenxin-2026' } })).status).toBe(200)
  })

  test('is unlocked before its time', async () => {
    const { id, token } = await aNewcomer({ login: 'suozhu' })
    await nobody(house).try(acceptInvitation, { body: { token, password: 'Zhenxin-2026' } })
    for (let n = 0; n < 5; n++) await nobody(house).try(signIn, { body: { login: 'suozhu', password: 'Wrong-2026' } })
    expect((await find('suozhu')).lockedUntil).not.toBeNull()
    await security.call(administration.unlockStaff, open(id))
    expect((await nobody(house).try(signIn, { body: { login: 'suozhu', password: 'Zhenxin-2026' } })).status).toBe(200)
  })

  test('is signed out everywhere by the security administrator', async () => {
    const nurse = await house.as('service-manager')
    expect(await security.call(administration.endSessions, open(nurse.staffId))).toEqual({ revoked: 1 })
    expect((await nurse.try(me)).status).toBe(401)
  })
})

describe('roles', () => {
  test('change at once: the old session ends, the new one has the new rights', async () => {
    const nurse = await house.as('service-manager', { name: '换岗' })
    const { version } = await find('换岗')
    await security.call(administration.changeRoles, { params: { staffId: nurse.staffId as never }, body: { roles: ['front-desk'], version } })
    expect((await nurse.try(me)).status).toBe(401)
    expect((await find('换岗')).roles).toEqual(['front-desk'])
    const row = await reader.db.selectFrom('audit_entry').select('detail').where('action', '=', 'staff.change-roles').executeTakeFirstOrThrow()
    expect(row.detail).toEqual({ from: ['service-manager'], to: ['front-desk'], revoked: 1 })
  })

  test.each([
    [['system-administrator', 'security-administrator']],
    [['system-administrator', 'audit-administrator']],
    [['security-administrator', 'audit-administrator']],
    [['audit-administrator', 'physician']],
    [['front-desk', 'system-administrator']],
  ] as const)('%j cannot stand together', async (roles) => {
    const create = await security.try(administration.createStaff, { body: { ...person, login: `chongtu${++count}`, roles: [...roles] } })
    expect(create).toMatchObject({ status: 422, code: 'RolesConflict' })
    const nurse = await house.as('service-manager')
    const change = await security.try(administration.changeRoles, { params: { staffId: nurse.staffId }, body: { roles: [...roles], version: 1 } })
    expect(change.code).toBe('RolesConflict')
    expect((await nurse.try(me)).status).toBe(200)
  })

  test('a head of department may well be a physician', async () => {
    expect((await aNewcomer({ roles: ['physician', 'quality-lead'] })).id).toBeTruthy()
  })

  test('nobody changes their own', async () => {
    const params = { staffId: security.staffId }
    expect((await security.try(administration.changeRoles, { params, body: { roles: ['physician'], version: 1 } })).code).toBe('NotOnOneself')
    for (const endpoint of [administration.disableStaff, administration.enableStaff, administration.unlockStaff, administration.issueLink])
      expect((await security.try(endpoint, { params })).code).toBe('NotOnOneself')
    expect((await security.call(me)).roles).toEqual(['security-administrator'])
  })

  test('of two security administrators who close each other\'s account at once, one remains', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await house.as('security-administrator'), await house.as('security-administrator')]
      const answers = await Promise.all([a!.try(administration.disableStaff, open(b!.staffId)), b!.try(administration.disableStaff, open(a!.staffId))])
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    }
  })
})

describe('lists', () => {
  test('go on after the last login of a page and say how many there are', async () => {
    for (let n = 0; n < 5; n++) await aNewcomer({ login: `liebiao${n}` })
    const logins: string[] = []
    let cursor: string | undefined
    do {
      const page = await security.call(administration.listStaff, { query: { search: 'liebiao', limit: 2, ...(cursor ? { cursor } : {}) } })
      expect(page.total).toBe(5)
      logins.push(...page.rows.map((row) => row.login))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(logins).toEqual([0, 1, 2, 3, 4].map((n) => `liebiao${n}`))
  })

  test('a percent sign in the search is a percent sign', async () => {
    expect((await security.call(administration.listStaff, { query: { search: '%' } })).rows).toEqual([])
  })

  test('the directory shows active colleagues by role, by pinyin, and nothing of their accounts', async () => {
    const other = await house.anOrganization()
    const [a, b] = [await house.as('counsellor', { tenant: other, name: '张三' }), await house.as('counsellor', { tenant: other, name: '李四' })]
    await house.as('physician', { tenant: other })
    const { staff } = await a!.call(listDirectory, { query: { role: 'counsellor' } })
    expect(staff).toEqual([
      { id: b!.staffId, name: '李四', title: '', roles: ['counsellor'], departmentId: null, departmentName: null },
      { id: a!.staffId, name: '张三', title: '', roles: ['counsellor'], departmentId: null, departmentName: null },
    ])
  })
})

describe('bindings', () => {
  test('name the managers of a physician; who stays keeps their turn', async () => {
    const physician = await house.as('physician', { name: '绑定医生' })
    const managers = [await house.as('service-manager'), await house.as('service-manager'), await house.as('service-manager')]
    const bind = (...chosen: number[]) =>
      security.call(administration.changeBindings, {
        params: { staffId: physician.staffId }, body: { managerIds: chosen.map((n) => managers[n]!.staffId) },
      })
    await bind(0, 1)
    await reader.db.updateTable('physician_manager').set({ last_assigned_at: house.clock.now() }).where('manager_id', '=', managers[1]!.staffId).execute()
    await bind(1, 2)
    expect((await managersOf(reader, physician.staffId)).map((m) => m.id)).toEqual([managers[2]!.staffId, managers[1]!.staffId])
    const { physicians } = await security.call(administration.listBindings)
    expect(physicians.find((p) => p.name === '绑定医生')!.managers).toHaveLength(2)
  })

  test('join physicians and service managers only', async () => {
    const [physician, nurse] = [await house.as('physician'), await house.as('service-manager')]
    const bind = (staffId: string, managerId: string) =>
      security.try(administration.changeBindings, { params: { staffId }, body: { managerIds: [managerId] } })
    expect((await bind(nurse!.staffId, nurse!.staffId)).code).toBe('NotPhysician')
    expect((await bind(physician!.staffId, physician!.staffId)).code).toBe('NotServiceManager')
  })
})
