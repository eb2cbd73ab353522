import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { importFiles, processIntake, startIntake } from './server/index.ts'
import { connectMllp } from './server/wire/mllp-client.ts'

/** Messages and bundles of other projects, which the repository does not hold: `PEIBAN_MATERIAL` names their folder. */
const material = process.env['PEIBAN_MATERIAL'] ?? ''

const house = await aHouse()
const db = () => house.house.databases.of(house.tenant.id)

async function settle(): Promise<void> {
  // What is registered in one round may make known who waited since a former one.
  for (let found = 1; found > 0;) {
    found = await processIntake(house.house, house.tenant)
    await house.settle()
    if (found === 0) found = await processIntake(house.house, house.tenant)
  }
}

async function counts(): Promise<Record<string, number>> {
  const tables = [
    'report',
    'observation',
    'condition',
    'procedure',
    'encounter',
    'medication',
    'allergy',
    'patient',
    'unmatched_person',
    'laboratory_code',
  ]
  const { rows } = await sql<{ name: string; count: number }>`${sql.join(
    tables.map((name) => sql`select ${name} as name, count(*)::int count from ${sql.table(name)}`),
    sql` union all `,
  )}`.execute(db())
  return Object.fromEntries(rows.map((row) => [row.name, row.count]))
}

function messages(): Buffer[] {
  const folder = join(material, 'hl7v2')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { raw?: string; rawB64?: string })
    .map((row) => (row.raw === undefined ? Buffer.from(row.rawB64 ?? '', 'base64') : Buffer.from(row.raw)))
}

describe.skipIf(!material)('public material', () => {
  test(
    'every HL7 v2 message sent over MLLP is kept and answered, and sending all again changes nothing',
    { timeout: 240_000 },
    async () => {
      await db()
        .insertInto('intake_source')
        .values({
          organization_id: house.tenant.id,
          id: house.house.ids.next(),
          name: 'all',
          sending: '',
          receiving: '',
          address: '',
          time_zone: null,
          ack_mode: 'original',
          test_messages: 'accept',
          register: 'complete',
          updated_by: null,
          updated_at: house.clock.now(),
        })
        .execute()
      const all = messages()
      const intake = await startIntake({ house: house.house, port: 0, host: '127.0.0.1' })
      const send = async (): Promise<Record<string, number>> => {
        const sender = await connectMllp({ port: intake.port, window: 16 })
        const answers = await Promise.all(all.map((message) => sender.send(message)))
        await sender.close()
        const codes = answers.map((answer) => /\rMSA.(AA|AE|AR)/.exec(answer.toString('latin1'))?.[1] ?? 'none')
        return Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, of]) => [code, of.length]))
      }
      const answered = await send()
      console.log(all.length, answered)
      expect(answered['none']).toBeUndefined()
      await settle()
      const { rows } = await sql<{
        state: string
        reason: string
        count: number
      }>`select state, reason, count(*)::int count from intake group by 1, 2 order by 3 desc`.execute(db())
      console.log(rows.map((row) => `${String(row.count).padStart(5)} ${row.state} ${row.reason}`).join('\n'))
      expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(all.length)
      const unexplained = rows
        .filter(
          (row) => row.state === 'failed' || row.state === 'received' || (row.state === 'refused' && row.reason === ''),
        )
        .reduce((sum, row) => sum + row.count, 0)
      expect(unexplained / all.length).toBeLessThan(0.03)
      expect(rows.filter((row) => row.state === 'failed')).toEqual([])
      const before = await counts()
      expect(await send()).toEqual(answered)
      await settle()
      expect(await counts()).toEqual(before)
      await intake.close()
    },
  )

  test(
    'every bundle is imported, each observation is found with value, unit and date, and a second time changes nothing',
    { timeout: 300_000 },
    async () => {
      const file = join(material, 'fhir', 'synthea-r4-60-bundles.ndjson.gz')
      const imported = await importFiles(house.house, house.tenant, [file])
      expect(imported).toMatchObject({ messages: 60 })
      await settle()
      const { rows: states } = await sql<{
        state: string
        count: number
      }>`select state, count(*)::int count from intake where channel = 'command' group by 1`.execute(db())
      expect(states).toEqual([{ state: 'filed', count: 60 }])
      await everyObservationIsThere(file)
      const before = await counts()
      await importFiles(house.house, house.tenant, [file])
      await settle()
      expect(await counts()).toEqual(before)
    },
  )
})

type Quantity = { value: number; unit: string }
type Resource = {
  resourceType: string
  id: string
  status: string
  effectiveDateTime: string
  valueQuantity?: Quantity
  component?: { valueQuantity?: Quantity }[]
}

async function everyObservationIsThere(file: string): Promise<void> {
  const bundles = gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { entry: { resource: Resource }[] })
  const observations = bundles
    .flatMap((bundle) => bundle.entry.map((entry) => entry.resource))
    .filter((one) => one.resourceType === 'Observation')
  const { rows } = await sql<{
    id: string
    value: number | null
    text: string | null
    unit: string | null
    sent: number | null
    sent_unit: string | null
    at: Date
  }>`
    select original->>'resultId' id, value, value_text text, unit, (original->>'value')::float8 sent, original->>'unit' sent_unit, effective_at at
    from observation where superseded_by is null and original ? 'resultId'`.execute(db())
  const found = new Map(rows.map((row) => [row.id, row]))
  const missing: string[] = []
  for (const one of observations) {
    const key = `Observation/${one.id}`
    const parts = one.component?.length
      ? one.component.map((part, index) => ({ id: `${key}#${index}`, quantity: part.valueQuantity }))
      : [{ id: key, quantity: one.valueQuantity }]
    for (const { id, quantity } of parts) {
      const row = found.get(id)
      const isThere = row && row.at.getTime() === new Date(one.effectiveDateTime).getTime()
      const value = row?.sent ?? row?.value ?? Number.parseFloat(row?.text ?? '')
      const isRight =
        quantity === undefined ||
        (Math.abs(value - quantity.value) <= Math.abs(quantity.value) * 1e-9 &&
          (row?.unit !== null || quantity.unit === undefined))
      if (!isThere || !isRight) missing.push(`${id} ${JSON.stringify(quantity)} ${JSON.stringify(row)}`)
    }
  }
  expect(missing.slice(0, 10)).toEqual([])
  expect(observations.length).toBeGreaterThan(6000)
}
