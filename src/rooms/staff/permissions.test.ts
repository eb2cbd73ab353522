import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import type { Endpoint } from '../../platform/contract/index.ts'
import { MACHINE_PERMISSIONS } from './contract/api-key.ts'
import { ADMINISTRATORS, GRANTS, PERMISSIONS, permissionsOf, roleConflict, ROLES, type PermissionCode, type Role } from './contract/permissions.ts'
import { insertApiKey } from './server/api-key-store.ts'
import { hashToken, newToken } from '../../platform/auth/token.ts'

const house = await aHouse()
const endpoints: Endpoint[] = house.rooms.flatMap((room) => (room.routes ?? []).map((route) => route.endpoint))
const codes = Object.keys(PERMISSIONS) as PermissionCode[]
const roles = Object.keys(ROLES) as Role[]

/** Permissions that show or touch nothing of a patient. Whatever is added and not named here counts as patient data. */
const WITHOUT_PATIENTS = codes.filter((code) =>
  /^(organization|integration|staff|security|audit|metrics|media|specialty-pack)\.|\.(rule|protocol|template|instrument|content)\.|^intake\.map$|^questionnaire\.(read|design|publish)$|^segment\.(read|write)$|^campaign\.(read|write|approve|run)$/.test(code),
)
const PATIENT_DATA = codes.filter((code) => !WITHOUT_PATIENTS.includes(code))
const matching = (pattern: RegExp) => codes.filter((code) => pattern.test(code))

/** The column "Never" of docs/roles.md, as permissions. */
const NEVER: { role: Role; never: string; permissions: PermissionCode[] }[] = [
  { role: 'front-desk', never: 'results', permissions: matching(/^(record|health-report|follow-up|plan|risk|growth|nodule|advice|care-plan|medication|care-stage|stage-summary|mdt|patient-access|interpretation|recording|home-visit|lifecycle|understanding|worklist|call|care-figures)\.|^tag\.(read|write)$|^segment\.members$/) },
  { role: 'front-desk', never: 'counselling', permissions: matching(/^(counselling|message|mood)/) },
  { role: 'front-desk', never: 'complaints that others have heard: they may tell of results', permissions: ['complaint.read', 'complaint.record', 'complaint.oversee'] },
  { role: 'front-desk', never: 'what people think of their visits', permissions: matching(/^satisfaction\./) },
  { role: 'sales-manager', never: 'what people think of their visits', permissions: matching(/^satisfaction\./) },
  { role: 'sales-manager', never: 'results in detail', permissions: matching(/^(record|health-report|intake|risk|growth|nodule|advice|care-plan|medication|care-stage|stage-summary|mdt|patient-access|counselling|interpretation|recording|home-visit|understanding|complaint|worklist|call|care-figures)\.|^(segment\.members|campaign\.recipients)$/) },
  { role: 'sales-manager', never: 'psychiatric tags and scales', permissions: matching(/^tag\.(read|write)$|^(scale|mood|questionnaire)/) },
  { role: 'service-manager', never: 'sign plans', permissions: matching(/^plan\.sign$|^risk\.release$|\.publish$|^nodule\.grade$|^health-report\.sign/) },
  { role: 'service-manager', never: 'scales of the mind', permissions: ['questionnaire.answers-mental'] },
  { role: 'service-manager', never: 'the mood diary', permissions: ['mood.read'] },
  { role: 'service-manager', never: 'advice on the mind, and counselling notes', permissions: ['advice.give-mind', 'counselling.note'] },
  { role: 'physician', never: 'counselling notes, which the counsellor alone keeps', permissions: ['counselling.note'] },
  { role: 'physician', never: 'revenue per person', permissions: matching(/revenue|^metrics\./) },
  { role: 'counsellor', never: 'diagnose or prescribe', permissions: matching(/^record\.write$|^interpretation\.do$|^plan\.sign$|^risk\.(assess|release)$|^tag\.rule\.publish$|^nodule\.grade$|^care-plan\.write$|^medication\.|^health-report\.sign/) },
  { role: 'desk-agent', never: 'content of the file', permissions: PATIENT_DATA },
  { role: 'content-editor', never: 'recipients and their reasons', permissions: PATIENT_DATA },
  { role: 'content-editor', never: 'approve what they wrote', permissions: matching(/\.(publish|approve)$/) },
  { role: 'medical-reviewer', never: 'recipients and their reasons', permissions: PATIENT_DATA },
  { role: 'quality-lead', never: 'bulk export', permissions: matching(/export|^record\.|^risk\.(read|assess|release)$|^patient\./) },
  { role: 'quality-lead', never: 'the people of stages, segments and campaigns: numbers alone', permissions: matching(/^lifecycle\.(read|write)$|^campaign\.recipients$|^segment\.members$|^(worklist|understanding)\./) },
  { role: 'corporate-hr', never: 'any individual result', permissions: PATIENT_DATA },
  ...ADMINISTRATORS.map((role) => ({ role, never: 'patient data', permissions: PATIENT_DATA })),
]

describe('the table', () => {
  test.each(NEVER)('$role never: $never', ({ role, permissions }) => {
    expect(permissions.filter((code) => permissionsOf([role]).has(code))).toEqual([])
  })

  test('the three administrators exclude each other and every other role', () => {
    for (const administrator of ADMINISTRATORS)
      for (const other of roles.filter((role) => role !== administrator)) expect(roleConflict([administrator, other])).toBeDefined()
  })

  test('no permission of one administrator is held by anybody else', () => {
    for (const administrator of ADMINISTRATORS)
      for (const code of GRANTS[administrator])
        expect(roles.filter((role) => permissionsOf([role]).has(code)), code).toEqual([administrator])
  })

  test('every permission is held by a role or is for machines', () => {
    const held = new Set(Object.values(GRANTS).flat())
    expect(codes.filter((code) => !held.has(code) && !MACHINE_PERMISSIONS.includes(code as never))).toEqual([])
  })

  test('a person without a role, or with one that is not known, may do nothing', () => {
    expect(permissionsOf([]).size + permissionsOf(['root', '__proto__', 'constructor']).size).toBe(0)
  })

  test('docs/roles.md says the same; PEIBAN_WRITE_DOCS=1 brings its table up to date', () => {
    const file = join(import.meta.dirname, '../../../docs/roles.md')
    const isRow = (line: string) => /^\| `[a-z.-]+` \|/.test(line)
    const rows = codes.map((code) => {
      const holders = roles.filter((role) => permissionsOf([role]).has(code)).map((role) => `\`${role}\``)
      return `| \`${code}\` | ${PERMISSIONS[code].zh} | ${holders.join(' ') || '—'} |`
    })
    const page = readFileSync(file, 'utf8').split('\n')
    const first = page.findIndex(isRow)
    if (process.env['PEIBAN_WRITE_DOCS']) writeFileSync(file, page.filter((line) => !isRow(line)).toSpliced(first, 0, ...rows).join('\n'))
    else expect(page.filter(isRow)).toEqual(rows)
    expect(roles.filter((role) => !page.some((line) => line.includes(`\`${role}\``)))).toEqual([])
  })
})

describe('the endpoints', () => {
  test('ask for permissions that exist', () => {
    const words = new Set<string>([...codes, 'public', 'patient', 'signed-in', 'signing-in'])
    expect(endpoints.filter((e) => !words.has(e.gate.permission)).map((e) => e.name)).toEqual([])
  })

  test('have names and addresses of their own', () => {
    const names = endpoints.map((e) => e.name)
    const addresses = endpoints.map((e) => `${e.method} ${e.path}`)
    expect([new Set(names).size, new Set(addresses).size]).toEqual([names.length, addresses.length])
  })

  test('that concern one patient say so in the audit log', () => {
    const silent = endpoints.filter((e) => e.path.includes(':patientId') && !('patient' in e.gate.audit && e.gate.audit.patient === 'patientId'))
    expect(silent.map((e) => e.name)).toEqual([])
  })

  test('that write keep an audit row, or say why not', () => {
    const silent = endpoints.filter((e) => e.method !== 'GET' && 'none' in e.gate.audit && e.gate.audit.none.length < 10)
    expect(silent.map((e) => e.name)).toEqual([])
  })
})

const anId = house.house.ids.next()
const params = new Proxy({}, { get: () => anId }) as never
const call = (caller: Caller, endpoint: Endpoint) => caller.try(endpoint, { params } as never)
const isGated = ({ gate }: Endpoint) => !['public', 'patient', 'signed-in', 'signing-in'].includes(gate.permission)

/** What stands in every table of the house but the log and the sessions. */
async function everything(): Promise<Record<string, string>> {
  const db = house.house.databases.of(house.tenant.id)
  const tables = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^(audit_|session$|peiban_)'
    and has_table_privilege(oid, 'select') order by 1`.execute(db)
  const state: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const hash = await sql<{ hash: string }>`select count(*) || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as hash from ${sql.table(name)} t`.execute(db)
    state[name] = hash.rows[0]!.hash
  }
  return state
}

describe('over HTTP', () => {
  test('nothing but the public endpoints answers without a session', async () => {
    const stranger = nobody(house)
    for (const endpoint of endpoints.filter((e) => e.gate.permission !== 'public'))
      expect(await call(stranger, endpoint), endpoint.name).toMatchObject({ status: 401, code: 'NotSignedIn' })
  })

  test('what is a patient’s own opens to no session of staff and to no machine', async () => {
    const own = endpoints.filter((e) => e.gate.permission === 'patient')
    expect(own.length).toBeGreaterThan(5)
    const doctor = await house.as('physician')
    for (const endpoint of own) expect(await call(doctor, endpoint), endpoint.name).toMatchObject({ status: 401, code: 'NotSignedIn' })
  })

  test.each(roles)('%s is refused everything the table does not grant, nothing changes, and the log shows it', async (role) => {
    const caller = await house.as(role)
    const held = permissionsOf([role])
    const forbidden = endpoints.filter((e) => isGated(e) && !held.has(e.gate.permission as PermissionCode))
    expect(forbidden.length).toBeGreaterThan(0)
    const before = await everything()
    for (const endpoint of forbidden)
      expect(await call(caller, endpoint), endpoint.name).toMatchObject({ status: 403, code: 'NotPermitted' })
    expect(await everything()).toEqual(before)
    const denied = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('audit_entry')
      .select('action')
      .where('actor_id', '=', caller.staffId)
      .where('outcome', '=', 'denied')
      .execute()
    const expected = forbidden.map(({ name, gate }) => ('action' in gate.audit ? gate.audit.action : name))
    expect(denied.map((row) => row.action).toSorted()).toEqual(expected.toSorted())
  }, 60_000)

  test('what a person may do comes from their roles: two roles together open both', async () => {
    const both = await house.as(['physician', 'quality-lead'])
    const neither = endpoints.filter((e) => isGated(e) && !permissionsOf(['physician', 'quality-lead']).has(e.gate.permission as PermissionCode))
    for (const endpoint of neither) expect((await call(both, endpoint)).status, endpoint.name).toBe(403)
    expect(neither.length).toBeLessThan(endpoints.filter(isGated).length)
  })

  test('a machine reaches only what its key names', async () => {
    const { token } = newToken(house.tenant.id)
    await house.write((ctx) =>
      insertApiKey(ctx.tx, {
        organizationId: house.tenant.id, id: ctx.ids.next(), name: 'LIS', tokenHash: hashToken(token), permissions: ['intake.submit'],
        createdBy: null, now: ctx.clock.now(), expiresAt: null,
      }),
    )
    for (const endpoint of endpoints.filter((e) => !['public', 'signing-in', 'intake.submit'].includes(e.gate.permission))) {
      // A patient's own is asked for by another cookie; a key is no proof at all there.
      const refusal = endpoint.gate.permission === 'patient' ? 401 : 403
      const url = `/api${endpoint.path.replace(/:\w+/g, anId)}`
      const answer = await house.app.inject({ method: endpoint.method, url, headers: { authorization: `Bearer ${token}` } })
      expect(answer.statusCode, endpoint.name).toBe(refusal)
    }
  })

  test('a page of another site cannot write with our cookie', async () => {
    const caller = await house.as('physician')
    for (const endpoint of endpoints.filter((e) => e.method !== 'GET' && !['public', 'patient'].includes(e.gate.permission))) {
      const url = `/api${endpoint.path.replace(/:\w+/g, anId)}`
      const answer = await house.app.inject({ method: endpoint.method, url, cookies: { peiban_session: caller.token } })
      expect(answer.json(), endpoint.name).toMatchObject({ status: 403, code: 'ForeignRequest' })
    }
  })
})
