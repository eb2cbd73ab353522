import { describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import type { Actor } from '../../platform/context/context.ts'
import * as organization from '../organization/contract/organization.ts'
import * as audit from './contract/audit.ts'
import { csvField } from './server/export.ts'
import { openingsOf, recordAudit, sealAll } from './server/index.ts'

const house = await aHouse()
const auditor = await house.as('audit-administrator', { name: '许正' })
const ids = house.house.ids
const [doctor, nurse] = [ids.next(), ids.next()]
const [patient, other] = [ids.next(), ids.next()]

const db = () => house.house.databases.of(house.tenant.id)
const start = house.clock.now().getTime()

async function note(minute: number, part: { actorId?: string; name?: string; action: string; outcome?: 'done' | 'denied' | 'refused'; patientId?: string; detail?: object }) {
  const { actorId = doctor, name = '张文远', action, outcome = 'done', patientId = null, detail = {} } = part
  const actor: Actor = { kind: 'staff', organizationId: house.tenant.id, id: actorId!, name, roles: [], permissions: new Set() }
  const entry = { organizationId: house.tenant.id, actor, action, outcome, patientId, subjectId: null, detail: detail as Record<string, unknown> }
  await recordAudit(db(), { ...entry, requestId: null, address: '10.0.0.7' }, new Date(start + minute * 60_000), ids)
}

await note(1, { action: 'patient.open', patientId: patient! })
await note(2, { action: 'patient.open', patientId: other! })
await note(3, { action: 'patient.change', patientId: patient!, detail: { changed: ['phone'] } })
await note(4, { action: 'record.open', patientId: patient!, actorId: nurse!, name: '李素珍' })
await note(5, { action: 'patient.open', patientId: patient!, outcome: 'denied', actorId: nurse!, name: '李素珍', detail: { problem: 'NotPermitted' } })
await note(6, { action: 'patients.import', detail: { rows: 300, file: '=cmd()' } })

const at = (minute: number) => new Date(start + minute * 60_000).toISOString()
const find = async (query: object, who: Caller = auditor) =>
  (await who.call(audit.searchAudit, { query: { from: at(1), until: at(10), ...query } })).rows.map((row) => `${row.action} ${row.outcome}`)

describe('a search', () => {
  test('shows the newest first', async () => {
    expect(await find({})).toEqual([
      'patients.import done', 'patient.open denied', 'record.open done', 'patient.change done', 'patient.open done', 'patient.open done',
    ])
  })

  test.each([
    ['by time', { from: at(2), until: at(4) }, ['patient.change done', 'patient.open done']],
    ['by person', { actorId: nurse }, ['patient.open denied', 'record.open done']],
    ['by patient', { patientId: other }, ['patient.open done']],
    ['by outcome', { outcome: 'denied' }, ['patient.open denied']],
    ['by action', { action: 'patient.change' }, ['patient.change done']],
    ['by all actions of a kind', { action: 'patient.*', patientId: other }, ['patient.open done']],
    ['by a kind without those of a similar name', { action: 'patients.*' }, ['patients.import done']],
    ['by a text in the detail', { text: 'NotPermitted' }, ['patient.open denied']],
    ['by a text whatever its capitals', { text: 'PHONE' }, ['patient.change done']],
    ['by a text that means nothing to SQL', { text: '%%' }, []],
  ])('%s', async (_name, query, expected) => expect(await find(query)).toEqual(expected))

  test.each([{}, { text: 'changed' }])('goes on page by page without losing or doubling anything %j', async (part) => {
    for (let n = 0; n < 9; n++) await note(20, { action: `page.${n}`, detail: { changed: true } })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await auditor.call(audit.searchAudit, { query: { from: at(20), until: at(21), limit: 4, ...part, ...(cursor ? { cursor } : {}) } })
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length % 9).toBe(0)
    expect(seen.length).toBeGreaterThan(0)
  })

  test('is itself in the log, with what was asked for', async () => {
    house.clock.advance({ seconds: 1 })
    await find({ patientId: patient })
    const rows = await db().selectFrom('audit_entry').select(['actor_name', 'detail']).where('at', '=', house.clock.now()).execute()
    expect(rows).toMatchObject([{ actor_name: '许正', detail: { filter: { patientId: patient } } }])
  })

  test('with a spoiled cursor is refused', async () => {
    expect((await auditor.try(audit.searchAudit, { query: { cursor: "x' or 1=1" } })).code).toBe('InvalidInput')
  })

  test('sees nothing of another organization', async () => {
    const stranger = await house.as('audit-administrator', { tenant: await house.anOrganization() })
    expect(await find({}, stranger)).toEqual([])
  })
})

test('one entry shows its detail and, once linked, its place in the chain', async () => {
  const { rows } = await auditor.call(audit.searchAudit, { query: { from: at(0), until: at(10), action: 'patients.import' } })
  const params = { auditEntryId: rows[0]!.id }
  expect((await auditor.call(audit.getAuditEntry, { params })).link).toBeNull()
  await sealAll(house.house, house.tenant)
  const entry = await auditor.call(audit.getAuditEntry, { params })
  expect(entry).toMatchObject({ detail: { rows: 300 }, address: '10.0.0.7', link: { sequence: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  expect((await auditor.try(audit.getAuditEntry, { params: { auditEntryId: ids.next() } })).status).toBe(404)
})

test('the actions that occur are listed for the filter', async () => {
  const { actions } = await auditor.call(audit.listActions)
  expect(actions).toEqual(expect.arrayContaining(['patient.change', 'patient.open', 'patients.import', 'record.open']))
  expect(actions).toEqual([...new Set(actions)].toSorted())
})

test('a patient may learn who opened the record, and not who was kept from it', async () => {
  const reader = { db: db(), organizationId: house.tenant.id }
  const first = await openingsOf(reader, patient!, { limit: 2 })
  expect(first.openings.map((o) => `${o.actorName} ${o.action}`)).toEqual(['李素珍 record.open', '张文远 patient.change'])
  const rest = await openingsOf(reader, patient!, { limit: 2, before: first.next! })
  expect(rest.openings.map((o) => o.action)).toEqual(['patient.open'])
  expect(rest.next).toBeNull()
})

describe('an export', () => {
  const download = (from: string, until: string) => auditor.try(audit.exportAudit, { query: { from, until } })

  test('is a CSV that spreadsheets read as text, oldest first', async () => {
    const { raw } = await download(at(1), at(10))
    expect(raw.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect([...raw.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = raw.body.trim().split('\r\n')
    expect(lines[0]).toMatch(/^at,actor_kind/)
    expect(lines.slice(1).map((line) => line.split(',')[4])).toEqual([
      'patient.open', 'patient.open', 'patient.change', 'record.open', 'patient.open', 'patients.import',
    ])
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['@sum', "'@sum"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    [null, ''],
  ])('%s becomes %s', (value, field) => expect(csvField(value)).toBe(field))

  test('has a span of at most a year', async () => {
    expect((await download('2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).code).toBe('AuditSpanTooLong')
    expect((await download(at(10), at(0))).code).toBe('AuditSpanTooLong')
  })
})

describe('a verification', () => {
  test('runs as a job, may be found again, and names what is broken', async () => {
    await sealAll(house.house, house.tenant)
    const { id } = await auditor.call(audit.startVerification)
    const waiting = (await auditor.call(audit.listVerifications)).verifications[0]!
    expect(waiting).toMatchObject({ id, requestedByName: '许正', finishedAt: null, verdict: null })
    await house.settle()
    const done = (await auditor.call(audit.listVerifications)).verifications[0]!
    expect(done.verdict).toMatchObject({ isWhole: true, faults: [] })
    expect(done.checked).toBe(done.verdict!.links)
  })

  test('runs one at a time', async () => {
    const answers = await Promise.all([auditor.try(audit.startVerification), auditor.try(audit.startVerification)])
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
    await house.settle()
    await auditor.call(audit.startVerification)
    await house.settle()
  })
})

test('a change of settings and its refusal are both in the log', async () => {
  const nurseCaller = await house.as('service-manager', { name: '越权' })
  expect((await nurseCaller.try(organization.removeLogo)).status).toBe(403)
  const row = await db().selectFrom('audit_entry').select(['action', 'outcome', 'detail']).where('actor_name', '=', '越权').executeTakeFirstOrThrow()
  expect(row).toEqual({ action: 'organization.change-logo', outcome: 'denied', detail: { problem: 'NotPermitted' } })
})
