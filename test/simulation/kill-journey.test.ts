import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { aCampaign, aRunning } from '../../src/rooms/campaign/sample-campaign.ts'
import { aTemplate, publish } from '../../src/rooms/message/sample.ts'
import { aHouse, TEST_NOW } from '../house.ts'

/**
 * Workers are killed with SIGKILL at random while they let everybody into a journey and take every due step of it; one
 * after each is left to finish what is due. Nobody's step may be lost, none may be taken twice: the counts agree exactly.
 * By hand: `PEIBAN_KILL_STEPS=50000 PEIBAN_KILLS=20 npm test -- kill-journey`.
 */
const STEPS = Number(process.env['PEIBAN_KILL_STEPS'] ?? 3000)
const KILLS = Number(process.env['PEIBAN_KILLS'] ?? 6)
const SEED = Number(process.env['PEIBAN_SEED'] ?? randomBytes(4).readUInt32LE())

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const files = mkdtempSync(join(tmpdir(), 'peiban-journey-'))
afterAll(() => rmSync(files, { recursive: true, force: true }))

/** Two waits, a trial of two arms and a branch: each person takes so many steps, of which three say something. */
const ACTS = [TEST_NOW, '2026-03-03T02:00:00Z', '2026-03-05T02:00:00Z'] as const
const STEPS_EACH = 7
const MESSAGES_EACH = 3
const PEOPLE = Math.ceil(STEPS / STEPS_EACH)
const said = (id: string, template = 'journey-word') => ({ id, kind: 'send', template, channels: ['email'] }) as never
const journey = aCampaign({
  audience: { age: { op: '>=', years: 60 } },
  path: [
    said('first'),
    { id: 'a-day', kind: 'wait', until: { after: { days: 1, hours: 0 } } },
    {
      id: 'which',
      kind: 'trial',
      arms: [
        { name: '甲', share: 50, path: [said('one-way')] },
        { name: '乙', share: 50, path: [said('other-way')] },
      ],
    },
    { id: 'two-days', kind: 'wait', until: { after: { days: 2, hours: 0 } } },
    {
      id: 'older',
      kind: 'split',
      condition: { age: { op: '>=', years: 70 } },
      yes: [said('last')],
      no: [said('last-young')],
    },
  ] as never,
})

/** Seeded numbers between 0 and 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function aWorker(now: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'journey-worker.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE: house.databaseUrl, NOW: now, KEY: house.key.toString('hex'), FILES: files },
  })
  let words = ''
  child.stderr.on('data', (data: Buffer) => (words += String(data)))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      words += String(data)
      if (words.includes('ready')) resolve()
    })
    child.once('exit', () => reject(new Error(`the worker ended before it began: ${words}`)))
  })
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? `${code} ${words}`)),
  )
  return { child, ready, ended }
}

const rows = async <T>(query: ReturnType<typeof sql>) => (await query.execute(db)).rows as T[]
const count = async (query: ReturnType<typeof sql>) => (await rows<{ n: number }>(query))[0]!.n
const stepsDone = () => count(sql`select count(*)::int n from journey_step`)
/** People who have not entered yet, or whose step is due. */
const left = async (now: string) =>
  PEOPLE -
  (await count(sql`select count(*)::int n from journey_run`)) +
  (await count(sql`select count(*)::int n from journey_run where state = 'waiting' and wake_at <= ${now}`))

/** @returns how many kills hit a worker in its work */
async function killThrough(now: string, kills: number, random: () => number): Promise<number> {
  let hits = 0
  for (let kill = 0; kill < kills && (await left(now)) > 0; kill++) {
    const worker = aWorker(now)
    await worker.ready
    await new Promise((resolve) => setTimeout(resolve, random() * Math.min(2500, 40 + STEPS / 20)))
    worker.child.kill('SIGKILL')
    if ((await worker.ended) === 'SIGKILL' && (await left(now)) > 0) hits += 1
  }
  const last = aWorker(now)
  await last.ready
  expect(await last.ended).toMatch(/^0 .*done/s)
  expect(await left(now)).toBe(0)
  return hits
}

test(
  `${KILLS} kills through ${PEOPLE * STEPS_EACH} steps lose none and take none twice (seed ${SEED})`,
  { timeout: 900_000 },
  async () => {
    const random = chance(SEED)
    await publish(house, aTemplate({ code: 'journey-word', channels: ['email', 'in-app'] }))
    const at = house.clock.now()
    const ids = Array.from({ length: PEOPLE }, () => house.house.ids.next<string>())
    for (let from = 0; from < PEOPLE; from += 5000)
      await sql`
        insert into patient (organization_id, id, name, sex, birth_date, created_at, updated_at)
        select ${house.tenant.id}::uuid, id, '李兰', 'female', case when n % 2 = 0 then '1950-05-05' else '1960-05-05' end::date, ${at}, ${at}
        from unnest(${ids.slice(from, from + 5000)}::uuid[]) with ordinality p (id, n)`.execute(db)
    const id = await aRunning(house, journey)
    let hits = 0
    for (const [n, now] of ACTS.entries()) hits += await killThrough(now, Math.ceil((KILLS - n) / ACTS.length), random)

    // Everybody has come to the end, each once.
    expect(
      await rows(sql`select state, count(*)::int n from journey_run where campaign_id = ${id} group by state`),
    ).toEqual([{ state: 'done', n: PEOPLE }])
    // Each step of each person once, and none that is not theirs.
    expect(await stepsDone()).toBe(PEOPLE * STEPS_EACH)
    const each = await rows<{ node: string; n: number; people: number }>(sql`
      select node, count(*)::int n, count(distinct run_id)::int people from journey_step group by node`)
    for (const { node, n, people } of each) expect([node, n]).toEqual([node, people])
    const by = new Map(each.map(({ node, n }) => [node, n]))
    for (const node of ['first', 'a-day', 'which', 'two-days', 'older'])
      expect([node, by.get(node)]).toEqual([node, PEOPLE])
    expect(by.get('one-way')! + by.get('other-way')!).toBe(PEOPLE)
    expect(by.get('last')! + by.get('last-young')!).toBe(PEOPLE)
    expect(by.get('last-young')).toBe(Math.ceil(PEOPLE / 2))
    // Each step that says something stands in the ledger once.
    expect(await count(sql`select count(*)::int n from message where campaign = ${id}`)).toBe(PEOPLE * MESSAGES_EACH)
    expect(
      await rows(sql`
        select s.run_id, s.node from journey_step s join journey_run r on r.organization_id = s.organization_id and r.id = s.run_id
        left join message m on m.organization_id = s.organization_id and m.patient_id = r.patient_id and m.touch = 'journey:' || r.id || ':' || s.pass || ':' || s.node
        where s.outcome = 'planned' and m.id is null`),
    ).toEqual([])
    console.log(`seed ${SEED}: ${hits} of ${KILLS} kills hit a worker in its work`)
    if (KILLS > 0) expect(hits).toBeGreaterThan(0)
  },
)
