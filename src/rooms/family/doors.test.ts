import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PatientCaller } from '../../../test/house.ts'
import type { Endpoint, ProxyScope } from '../../platform/contract/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { readHome } from '../patient-access/contract/my.ts'
import { aClinic, type Relative } from '../../../test/family-clinic.ts'

/**
 * Every door to a patient's own pages, with what a relative must have been let in for. Whatever is not named here is for the
 * person alone; a new door of a room is closed to relatives until it is written down here and in its gate.
 */
const OPEN: Record<string, ProxyScope | 'any'> = {
  'patient-access.home': 'any',
  'family.leave': 'any',
  'observation.ownIndicators': 'view',
  'observation.ownTrend': 'view',
  'health-report.listMine': 'view',
  'health-report.readMine': 'view',
  'interpretation.listMine': 'view',
  'interpretation.mineOfReport': 'view',
  'interpretation.readMine': 'view',
  'interpretation.ask': 'ask',
  'interpretation.askMore': 'ask',
  'interpretation.bookMine': 'book',
  'interpretation.cancelMine': 'book',
  'appointment.listMine': 'remind',
}

const clinic = await aClinic()
const { house } = clinic
const doors: Endpoint[] = house.rooms
  .flatMap((room) => room.routes ?? [])
  .map(({ endpoint }) => endpoint)
  .filter(({ gate }) => gate.permission === 'patient')
let patient: PatientCaller

beforeAll(async () => {
  const id = await house.write((ctx) =>
    registerPatient(ctx, { name: '王建国', sex: 'male', birthDate: '1950-03-21', phone: '13500010001' } as never),
  )
  patient = await house.asPatient(id)
})

/** A door is knocked at with something that looks right: what is refused is refused before it is read. */
const knock = (relative: Relative, endpoint: Endpoint) => {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  const params = Object.fromEntries(names.map((name) => [name, '01977777-7777-7777-8777-777777777777']))
  return relative.try(endpoint, { params, ...(endpoint.method === 'GET' ? {} : { body: {} }) } as never)
}

/** Everything the organization has, but for the log of what was tried. */
async function everything(): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: house.databaseUrl })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'audit%' order by 1`,
    )
    const found: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string | null }>(
        `select md5(string_agg(t::text, '|' order by t::text)) sum from ${name} t`,
      )
      found[name] = rows[0]!.sum ?? ''
    }
    return found
  } finally {
    await client.end()
  }
}

test('S0-29 the gates name what this table names, and nothing else is open', () => {
  const named = doors.flatMap(({ name, gate }) => (gate.proxy ? [[name, gate.proxy] as const] : []))
  expect(Object.fromEntries(named)).toEqual(OPEN)
  expect(doors.length).toBeGreaterThan(40)
})

describe.each([[['view']], [['view', 'ask']], [['view', 'book']]] as [ProxyScope[]][])('let in to %j', (scopes) => {
  let relative: Relative
  beforeAll(async () => {
    relative = await clinic.letIn(patient, { scopes })
    expect((await relative.try(readHome)).status).toBe(200)
  })
  const isOpen = ({ name }: Endpoint) => OPEN[name] === 'any' || scopes.includes(OPEN[name] as ProxyScope)

  test('every other door is refused, changes nothing and is written down as theirs', async () => {
    const before = await everything()
    const closed = doors.filter((endpoint) => !isOpen(endpoint))
    for (const endpoint of closed)
      expect([endpoint.name, (await knock(relative, endpoint)).code]).toEqual([endpoint.name, 'NotLetIn'])
    expect(await everything()).toEqual(before)
    const { rows } =
      await log(`select count(*)::int n from audit_entry where outcome = 'denied' and actor_kind = 'relative'
      and actor_id = '${relative.id}' and patient_id = '${patient.patientId}'`)
    expect(rows[0]).toEqual({ n: closed.length })
  })

  test('those it names let them in', async () => {
    const refused: string[] = []
    for (const endpoint of doors.filter((one) => isOpen(one) && one.name !== 'family.leave')) {
      const { status } = await knock(relative, endpoint)
      if (status === 401 || status === 403) refused.push(endpoint.name)
    }
    expect(refused).toEqual([])
  })
})

async function log(query: string) {
  const client = new pg.Client({ connectionString: house.databaseUrl })
  await client.connect()
  try {
    return await client.query(query)
  } finally {
    await client.end()
  }
}
