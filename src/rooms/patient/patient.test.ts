import { describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import type { CallOf } from '../../platform/contract/index.ts'
import * as contract from './contract/patient.ts'
import type { NewPatient } from './contract/person.ts'
import { assignCarers, registerPatient } from './server/index.ts'

const house = await aHouse()
const desk = await house.as('front-desk', { name: '前台小周' })
let count = 0
/** Somebody with a phone and a paper of their own. */
function somebody(over: Partial<NewPatient> = {}): NewPatient {
  const n = String(++count).padStart(7, '0')
  return {
    name: `测试${'赵钱孙李周吴郑王'[count % 8]}`,
    phone: `1380${n}`,
    paper: { kind: 'passport', number: `E${n}` },
    birthDate: '1975-06-15',
    sex: 'female',
    ...over,
  }
}
const register = async (over: Partial<NewPatient> = {}) =>
  (await desk.call(contract.registerNewPatient, { body: somebody(over) })).patient
const auditOf = (patientId: string) =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'detail', 'actor_name'])
    .where('patient_id', '=', patientId)
    .orderBy('id')
    .execute()

describe('S0-1 a person becomes known', () => {
  test('the desk registers and opens; each leaves a line in the log', async () => {
    const made = await register({ name: '林 徽', called: '徽姐' })
    expect(made).toMatchObject({
      name: '林徽',
      called: '徽姐',
      ageYears: 50,
      phoneMasked: expect.stringMatching(/^138\*{4}\d{4}$/),
      state: 'active',
      version: 1,
    })
    house.clock.advance({ seconds: 1 })
    await desk.call(contract.getPatient, { params: { patientId: made.id } })
    expect((await auditOf(made.id)).map((entry) => entry.action)).toEqual(['patient.register', 'patient.open'])
  })

  test("the refusal names the field and says why, in the reader's language", async () => {
    const body = { name: '金对不上', paper: { kind: 'national-id' as const, number: '513436200003207110' } }
    const zh = await desk.try(contract.registerNewPatient, { body })
    const en = await desk.try(contract.registerNewPatient, { body }, { locale: 'en' })
    expect([zh.status, zh.code, (zh.body as { path: string }).path]).toEqual([
      400,
      'NationalIdWrong',
      'body.paper.number',
    ])
    expect([(zh.body as { title: string }).title, (en.body as { title: string }).title]).toEqual([
      expect.stringContaining('身份证'),
      expect.stringContaining('identity number'),
    ])
  })

  test('a paper that is known shows whose it is to whom may see them, and no more to others', async () => {
    const known = await register({ name: '何已知' })
    const paper = { kind: 'passport' as const, number: `e${String(count).padStart(7, '0')}` }
    const atDesk = await desk.try(contract.registerNewPatient, { body: somebody({ paper }) })
    expect(atDesk.body).toMatchObject({ code: 'PatientExists', values: { name: '何已知', patientId: known.id } })
    const manager = await house.as('service-manager')
    const elsewhere = await manager.try(contract.registerNewPatient, { body: somebody({ paper }) })
    expect(elsewhere.body).toMatchObject({ code: 'PatientExistsElsewhere', values: {} })
  })

  test('whoever sees only their own customers becomes their manager', async () => {
    const manager = await house.as('service-manager')
    const { patient } = await manager.call(contract.registerNewPatient, { body: somebody() })
    expect(patient.manager?.id).toBe(manager.staffId)
  })
})

describe('who is already known, while typing', () => {
  test('by paper, by phone with name, by name with birth date; out of sight only that there is somebody', async () => {
    const known = await register({ name: '严似曾', phone: '13511112222', birthDate: '1961-01-02' })
    const ask = (who: Caller, body: CallOf<typeof contract.checkDuplicates>['body']) =>
      who
        .call(contract.checkDuplicates, { body })
        .then((answer) => answer.duplicates.map((d) => [d.because, d.patient?.id ?? null]))
    expect(await ask(desk, { name: '严似曾', phone: '135 1111 2222' })).toEqual([['phone-name', known.id]])
    expect(await ask(desk, { name: '严似曾', phone: '13511112222', birthDate: '1961-01-02' })).toEqual([
      ['phone-name-birth', known.id],
    ])
    expect(await ask(desk, { name: '严似曾', birthDate: '1961-01-02' })).toEqual([['name-birth', known.id]])
    expect(await ask(desk, { paper: { kind: 'passport', number: `E${String(count).padStart(7, '0')}` } })).toEqual([
      ['paper', known.id],
    ])
    expect(await ask(desk, { name: '从未来', phone: '13511112222' })).toEqual([])
    expect(await ask(await house.as('service-manager'), { name: '严似曾', phone: '13511112222' })).toEqual([
      ['phone-name', null],
    ])
  })
})

describe('numbers are shown one at a time', () => {
  test('the value comes only through the audited click, which names the field and not the value', async () => {
    const made = await register({ phone: '13522223333', email: 'hua@example.com' })
    const view = await desk.call(contract.getPatient, { params: { patientId: made.id } })
    expect(JSON.stringify(view)).not.toContain('13522223333')
    expect(await desk.call(contract.unmask, { params: { patientId: made.id }, body: { field: 'phone' } })).toEqual({
      field: 'phone',
      value: '13522223333',
    })
    house.clock.advance({ seconds: 1 })
    expect(await desk.call(contract.unmask, { params: { patientId: made.id }, body: { field: 'email' } })).toEqual({
      field: 'email',
      value: 'hua@example.com',
    })
    const line = (await auditOf(made.id)).find((entry) => entry.action === 'patient.unmask')!
    expect(line).toMatchObject({ outcome: 'done', actor_name: '前台小周', detail: { field: 'phone' } })
    expect(
      (await desk.try(contract.unmask, { params: { patientId: made.id }, body: { field: 'guardian-phone' } })).code,
    ).toBe('NothingToUnmask')
  })

  test('a role that may not is denied, and the denial is logged', async () => {
    const made = await register()
    const sales = await house.as('sales-manager')
    expect(
      (await sales.try(contract.unmask, { params: { patientId: made.id }, body: { field: 'phone' } })).status,
    ).toBe(403)
    expect(await auditOf(made.id)).toContainEqual(
      expect.objectContaining({ action: 'patient.unmask', outcome: 'denied' }),
    )
  })
})

describe('changes', () => {
  test('only one of two who saw the same version gets through', async () => {
    const made = await register()
    const change = (level: 'gold' | 'silver') =>
      desk.try(contract.changePatient, {
        params: { patientId: made.id },
        body: { version: made.version, changes: { level } },
      })
    const answers = await Promise.all([change('gold'), change('silver')])
    expect(answers.map((a) => a.code ?? 'ok').toSorted()).toEqual(['ChangedMeanwhile', 'ok'])
  })

  test('a new name, phone and paper are found, the former no longer', async () => {
    const made = await register({ name: '旧名字', phone: '13544440001' })
    const changes = { name: '新名字', phone: '13544440002', paper: { kind: 'passport' as const, number: 'K0000001' } }
    house.clock.advance({ seconds: 1 })
    const changed = await desk.call(contract.changePatient, {
      params: { patientId: made.id },
      body: { version: made.version, changes },
    })
    expect(changed).toMatchObject({ name: '新名字', paper: { masked: 'K*****01' }, version: 2 })
    const finds = async (q: string) =>
      (await desk.call(contract.searchPatients, { query: { q } })).rows.some((row) => row.id === made.id)
    expect([await finds('新名字'), await finds('13544440002'), await finds('K0000001'), await finds('xmz')]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect([await finds('旧名字'), await finds('13544440001')]).toEqual([false, false])
    const history = await desk.call(contract.patientHistory, { params: { patientId: made.id } })
    expect(history.rows[0]).toMatchObject({
      kind: 'changed',
      fields: expect.arrayContaining(['name', 'phone', 'paper']),
      by: '前台小周',
    })
  })

  test('a paper of somebody else, a missing guardian and religion without consent are refused', async () => {
    const other = await register({ paper: { kind: 'passport', number: 'L0000001' } })
    const made = await register()
    const change = (changes: object) =>
      desk.try(contract.changePatient, { params: { patientId: made.id }, body: { version: 1, changes } })
    expect((await change({ paper: { kind: 'passport', number: 'l0000001' } })).body).toMatchObject({
      code: 'PatientExists',
      values: { patientId: other.id },
    })
    expect((await change({ birthDate: '2020-01-01' })).code).toBe('GuardianNeeded')
    expect((await change({ preferences: { religion: '佛教' } })).code).toBe('InvalidInput')
    expect(
      (await change({ preferences: { religion: '佛教', religionConsent: true, goodHours: '下午三点后' } })).status,
    ).toBe(200)
  })

  test('S0-26 the main worry carries who and when; the desk does not read it', async () => {
    const manager = await house.as('service-manager', { name: '健管李' })
    const made = await register()
    await house.write((ctx) => assignCarers(ctx, made.id, { managerId: manager.staffId }))
    await manager.call(contract.setMainWorry, {
      params: { patientId: made.id },
      body: { text: '怕复发，没人照顾孩子' },
    })
    const seen = await manager.call(contract.getPatient, { params: { patientId: made.id } })
    expect(seen.mainWorry).toEqual({ text: '怕复发，没人照顾孩子', at: house.clock.now().toISOString(), by: '健管李' })
    expect((await desk.call(contract.getPatient, { params: { patientId: made.id } })).mainWorry).toBeNull()
    const atDesk = await desk.call(contract.patientHistory, { params: { patientId: made.id } })
    expect(JSON.stringify(atDesk)).not.toContain('复发')
  })

  test('a death stops the age, and is corrected only with a reason', async () => {
    const made = await register({ birthDate: '1950-06-15' })
    const params = { patientId: made.id }
    expect((await desk.try(contract.markDeceased, { params, body: { deceasedOn: '2026-03-03' } })).code).toBe(
      'DeathDateWrong',
    )
    const dead = await desk.call(contract.markDeceased, { params, body: { deceasedOn: '2025-06-14' } })
    expect(dead).toMatchObject({ state: 'deceased', ageYears: 74, deceasedOn: '2025-06-14' })
    expect((await desk.try(contract.markDeceased, { params, body: { deceasedOn: '2025-06-14' } })).code).toBe(
      'AlreadyDeceased',
    )
    expect((await desk.try(contract.correctDeath, { params, body: { reason: ' ' } })).code).toBe('InvalidInput')
    expect(await desk.call(contract.correctDeath, { params, body: { reason: '同名登记错了' } })).toMatchObject({
      state: 'active',
      deceasedOn: null,
    })
    expect((await desk.try(contract.correctDeath, { params, body: { reason: '同名登记错了' } })).code).toBe(
      'NotDeceased',
    )
  })
})

describe('lists and search', () => {
  test('filters, and pages without a gap or a double', async () => {
    const tenant = await house.anOrganization()
    const clerk = await house.as('front-desk', { tenant })
    await house.write(async (ctx) => {
      for (let i = 0; i < 25; i++)
        await registerPatient(ctx, {
          name: `名${'甲乙丙丁戊'[i % 5]}`,
          level: i % 5 === 0 ? 'gold' : 'standard',
          sex: i % 2 ? 'male' : 'female',
          birthDate: `${1950 + i * 2}-03-02`,
        })
    }, tenant)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await clerk.call(contract.listPatients, { query: { limit: 10, cursor } })
      expect(page.total).toBe(cursor ? null : 25)
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect([seen.length, new Set(seen).size]).toEqual([25, 25])
    expect(seen).toEqual(seen.toSorted().toReversed())
    const total = async (query: object) => (await clerk.call(contract.listPatients, { query })).total
    expect([
      await total({ level: 'gold' }),
      await total({ sex: 'male' }),
      await total({ state: 'deceased' }),
      await total({ doctorId: 'none' }),
    ]).toEqual([5, 12, 0, 25])
    // Born 1950-03-02 to 1998-03-02 every second year: on 2026-03-02 they are 28 to 76.
    expect([
      await total({ ageFrom: 76 }),
      await total({ ageTo: 30 }),
      await total({ ageFrom: 30, ageTo: 32 }),
      await total({ ageFrom: 77 }),
    ]).toEqual([1, 2, 2, 0])
    expect([await total({ createdFrom: '2026-03-02' }), await total({ createdTo: '2026-03-01' })]).toEqual([25, 0])
  })

  test('each role finds whom it may see', async () => {
    const [doctor, manager, counsellor, stranger, sales, agent] = await Promise.all(
      (['physician', 'service-manager', 'counsellor', 'physician', 'sales-manager', 'desk-agent'] as const).map(
        (role) => house.as(role),
      ),
    )
    const mine = await register({ name: '独孤求诊' })
    await house.write((ctx) =>
      assignCarers(ctx, mine.id, {
        doctorId: doctor!.staffId,
        managerId: manager!.staffId,
        counsellorId: counsellor!.staffId,
      }),
    )
    const pool = await register({ name: '独孤待分' })
    const found = async (who: Caller) =>
      (await who.call(contract.searchPatients, { query: { q: '独孤' } })).rows.map((row) => row.id).toSorted()
    const listed = async (who: Caller) =>
      (await who.call(contract.listPatients, { query: { limit: 200 } })).rows.map((row) => row.id)
    for (const who of [doctor!, manager!, counsellor!]) {
      expect(await found(who)).toEqual([mine.id])
      expect(await listed(who)).toEqual([mine.id])
    }
    expect(await found(stranger!)).toEqual([])
    expect(await found(sales!)).toEqual([pool.id])
    expect(await listed(sales!)).not.toContain(mine.id)
    expect(await found(desk)).toEqual([mine.id, pool.id].toSorted())
    expect((await agent!.try(contract.searchPatients, { query: { q: '独孤' } })).status).toBe(403)
    expect((await stranger!.try(contract.getPatient, { params: { patientId: mine.id } })).code).toBe('NotFound')
    expect((await nobody(house).try(contract.listPatients)).status).toBe(401)
  })

  test('exact hits come before longer words', async () => {
    await register({ name: '诸葛明德' })
    const exact = await register({ name: '诸葛明' })
    const { rows } = await desk.call(contract.searchPatients, { query: { q: '诸葛明' } })
    expect(rows.map((row) => row.name)).toEqual(['诸葛明', '诸葛明德'])
    expect(rows[0]?.id).toBe(exact.id)
  })
})

describe('two organizations', () => {
  test("the same person may be in both; neither sees the other's", async () => {
    const tenant = await house.anOrganization()
    const otherDesk = await house.as('front-desk', { tenant })
    const body = somebody({ name: '慕容双籍', paper: { kind: 'passport', number: 'M0000001' }, phone: '13577770001' })
    const here = (await desk.call(contract.registerNewPatient, { body })).patient
    const there = (await otherDesk.call(contract.registerNewPatient, { body })).patient
    expect(here.id).not.toBe(there.id)
    expect((await otherDesk.try(contract.getPatient, { params: { patientId: here.id } })).code).toBe('NotFound')
    expect(
      (await otherDesk.call(contract.searchPatients, { query: { q: '慕容双籍' } })).rows.map((row) => row.id),
    ).toEqual([there.id])
    expect(
      (await otherDesk.try(contract.unmask, { params: { patientId: here.id }, body: { field: 'phone' } })).code,
    ).toBe('NotFound')
    const rows = await house.house.databases.of(tenant.id).selectFrom('patient').select('id').execute()
    expect(rows.map((row) => row.id)).toEqual([there.id])
  })
})
