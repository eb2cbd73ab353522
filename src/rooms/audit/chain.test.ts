import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { chainStart, headSeal, linkHash } from './server/chain.ts'
import { findLinks } from './server/chain-store.ts'
import { recordAudit, sealAll, verifyChain } from './server/index.ts'
import { sealEntries } from './server/seal.ts'

/** Works as the owner of the tables: the strongest who could tamper with the log from inside the database. */
const house = await aHouse({ policies: false })
let tenant: Tenant

beforeEach(async () => {
  tenant = await house.anOrganization()
})

const db = () => house.house.databases.of(tenant.id)

async function note(count: number, action = 'patient.open'): Promise<void> {
  for (let n = 0; n < count; n++) {
    house.clock.advance({ seconds: 1 })
    const entry = { organizationId: tenant.id, actor: systemActor(tenant.id, 'test'), action, outcome: 'done', patientId: null, subjectId: null } as const
    await recordAudit(db(), { ...entry, detail: { n, money: 0.1 }, requestId: null, address: '127.0.0.1' }, house.clock.now(), house.house.ids)
  }
}

/** Does to the log what its triggers forbid. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await db().transaction().execute(async (tx) => {
    for (const table of ['audit_entry', 'audit_link']) await sql`alter table ${sql.table(table)} disable trigger append_only`.execute(tx)
    await statement.execute(tx)
    for (const table of ['audit_entry', 'audit_link']) await sql`alter table ${sql.table(table)} enable trigger append_only`.execute(tx)
  })
}

const verify = () => verifyChain(house.house, tenant.id)
const linkAt = async (sequence: number) => (await findLinks(db(), tenant.id, sequence - 1, 1))[0]!

test('an empty log is whole', async () => {
  expect(await verify()).toEqual({ isWhole: true, links: 0, faults: [], end: null })
  await sealAll(house.house, tenant)
  expect(await verify()).toEqual({ isWhole: true, links: 0, faults: [], end: null })
})

test('entries are linked in the order of time, once', async () => {
  await note(7)
  expect(await sealEntries(house.house, tenant)).toBe(7)
  expect(await sealEntries(house.house, tenant)).toBe(0)
  const links = await findLinks(db(), tenant.id, 0, 100)
  expect(links.map((link) => link.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(links.map((link) => link.entry!.at)).toEqual(links.map((link) => link.entry!.at).toSorted())
  expect(links[0]!.hash).toEqual(linkHash(chainStart(tenant.id), links[0]!.entry!))
  const verdict = await verify()
  expect(verdict).toMatchObject({ isWhole: true, links: 7, end: { sequence: 7, hash: links[6]!.hash.toString('hex') } })
})

test('sealers beside each other and beside writers link every entry exactly once', async () => {
  await note(20)
  const sealers = Array.from({ length: 6 }, async () => {
    for (let n = 0; n < 5; n++) await sealEntries(house.house, tenant)
  })
  await Promise.all([...sealers, note(30)])
  await sealAll(house.house, tenant)
  house.clock.advance({ minutes: 2 })
  expect(await verify()).toMatchObject({ isWhole: true, links: 50 })
})

test('a verification while entries are linked sees a whole chain', async () => {
  await note(30)
  await sealAll(house.house, tenant)
  const writing = (async () => {
    for (let n = 0; n < 10; n++) {
      await note(2)
      await sealAll(house.house, tenant)
    }
  })()
  const verdicts = [await verify(), await verify(), await verify()]
  await writing
  expect(verdicts.map((verdict) => verdict.faults)).toEqual([[], [], []])
})

describe('verification names', () => {
  beforeEach(async () => {
    await note(5)
    await sealAll(house.house, tenant)
  })

  test.each([
    ['the actor', sql`set actor_name = 'somebody else'`],
    ['the detail', sql`set detail = '{"n": 2, "money": 0.10000000000000000001}'`],
    ['the time by a microsecond', sql`set at = at + interval '1 microsecond'`],
    ['the patient', sql`set patient_id = gen_random_uuid()`],
    ['the outcome', sql`set outcome = 'refused'`],
  ])('an entry in which %s was changed', async (_what, change) => {
    const { entryId } = await linkAt(3)
    await tamper(sql`update audit_entry ${change} where id = ${entryId}`)
    expect((await verify()).faults).toEqual([{ kind: 'changed', sequence: 3, entryId }])
  })

  test('an entry that was deleted', async () => {
    const { entryId } = await linkAt(2)
    await tamper(sql`delete from audit_entry where id = ${entryId}`)
    expect((await verify()).faults).toEqual([{ kind: 'missing-entry', sequence: 2, entryId }])
  })

  test('an entry that was deleted together with its link', async () => {
    const { entryId } = await linkAt(4)
    await tamper(sql`with gone as (delete from audit_link where entry_id = ${entryId}) delete from audit_entry where id = ${entryId}`)
    expect((await verify()).faults).toEqual([{ kind: 'missing-link', sequence: 4, entryId: null }])
  })

  test('an end that was cut off', async () => {
    const { entryId } = await linkAt(5)
    await tamper(sql`with gone as (delete from audit_link where entry_id = ${entryId}) delete from audit_entry where id = ${entryId}`)
    expect((await verify()).faults).toEqual([{ kind: 'end-cut', sequence: 4, entryId: null }])
  })

  test('an end that was cut off and moved back, since it cannot be signed', async () => {
    const [last, fourth] = [await linkAt(5), await linkAt(4)]
    await tamper(sql`with gone as (delete from audit_link where entry_id = ${last!.entryId}),
      head as (update audit_head set sequence = 4, hash = ${fourth!.hash} where organization_id = ${tenant.id})
      delete from audit_entry where id = ${last!.entryId}`)
    expect((await verify()).faults).toEqual([{ kind: 'end-forged', sequence: 4, entryId: null }])
  })

  test('a chain that was rewritten from the changed entry to its end', async () => {
    const { entryId } = await linkAt(4)
    await tamper(sql`update audit_entry set action = 'patient.list' where id = ${entryId}`)
    let previous = (await linkAt(3)).hash
    const rest = await findLinks(db(), tenant.id, 3, 10)
    for (const link of rest) {
      previous = linkHash(previous, link.entry!)
      await tamper(sql`update audit_link set hash = ${previous} where organization_id = ${tenant.id} and sequence = ${link.sequence}`)
    }
    await tamper(sql`update audit_head set hash = ${previous} where organization_id = ${tenant.id}`)
    expect((await verify()).faults).toEqual([{ kind: 'end-forged', sequence: 5, entryId: null }])
  })

  test('a log whose chain was taken away altogether', async () => {
    await tamper(sql`with gone as (delete from audit_head where organization_id = ${tenant.id}) delete from audit_link where organization_id = ${tenant.id}`)
    house.clock.advance({ minutes: 2 })
    expect((await verify()).faults.map((fault) => fault.kind)).toEqual(Array(5).fill('unlinked'))
  })

  test('an entry that was kept from the sealer for longer than a minute', async () => {
    await note(1)
    const { entry_id: entryId } = await db().selectFrom('audit_unsealed').select('entry_id').executeTakeFirstOrThrow()
    await db().deleteFrom('audit_unsealed').where('entry_id', '=', entryId).execute()
    await sealAll(house.house, tenant)
    expect((await verify()).faults).toEqual([])
    house.clock.advance({ minutes: 2 })
    expect((await verify()).faults).toEqual([{ kind: 'unlinked', sequence: null, entryId }])
  })

  test('several faults in their order', async () => {
    const [second, fourth] = [await linkAt(2), await linkAt(4)]
    await tamper(sql`update audit_entry set actor_name = 'x' where id in (${second!.entryId}, ${fourth!.entryId})`)
    expect((await verify()).faults.map((fault) => fault.sequence)).toEqual([2, 4])
  })
})

test('chains of organizations do not touch each other', async () => {
  await note(3)
  await sealAll(house.house, tenant)
  const first = tenant
  tenant = await house.anOrganization()
  await note(2)
  await sealAll(house.house, tenant)
  expect(await verifyChain(house.house, first.id)).toMatchObject({ isWhole: true, links: 3 })
  expect(await verify()).toMatchObject({ isWhole: true, links: 2 })
  const { sequence, hash } = (await linkAt(2))
  expect(headSeal(house.house.sealer, first.id, { sequence, hash })).not.toEqual(headSeal(house.house.sealer, tenant.id, { sequence, hash }))
})

describe('the application', () => {
  test.each(['audit_entry', 'audit_link'])('cannot change or remove what stands in %s', async (table) => {
    const working = await aHouse()
    await working.as('physician')
    const name = sql.table(table)
    const database = working.house.databases.of(working.tenant.id)
    for (const statement of [sql`update ${name} set organization_id = organization_id`, sql`delete from ${name}`, sql`truncate ${name}`])
      await expect(statement.execute(database)).rejects.toThrow(/permission denied/)
  })

  test('is stopped by the triggers even as the owner', async () => {
    for (const table of ['audit_entry', 'audit_link'])
      await expect(sql`delete from ${sql.table(table)}`.execute(db())).rejects.toThrow(/append-only/)
  })
})
