import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { sql } from 'kysely'
import { assemble, type AssembledHouse } from '../src/apps/assemble.ts'
import { upgrade } from '../src/apps/open-database.ts'
import { systemActor, type Tenant } from '../src/platform/context/context.ts'
import { write } from '../src/platform/context/house.ts'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { APPLICATION_ROLE } from '../src/platform/database/migrate.ts'
import { silent } from '../src/platform/log.ts'
import { templateDefinition, type TemplateDefinitionInput } from '../src/rooms/message/contract/template.ts'
import { sendMessages } from '../src/rooms/message/server/index.ts'
import { createOrganizationWithAccounts } from '../src/rooms/staff/server/index.ts'

/** A clinic with people who have an address, a past of messages, and templates of a size: what sending is measured on. */
export interface MailGround extends AssembledHouse {
  tenant: Tenant
  people: readonly string[]
  /** As the owner. */
  databaseUrl: string
  /** Plans one message for each of the first `count` people, by the template of this size. */
  plan(size: string, count: number): Promise<void>
}

export interface MailGroundOptions {
  people: number
  /** Messages of the last three months in the ledger. */
  past: number
  /** Text and HTML of each size, as a template holds them. */
  sizes: Readonly<Record<string, { text: string; html: string }>>
  /** Messages that are due are sent by whatever this makes of the folder. */
  durable?: boolean
}

/** On a PostgreSQL of its own, thrown away at the end. */
export async function openMailGround(options: MailGroundOptions): Promise<MailGround> {
  const folder = mkdtempSync(join(tmpdir(), 'peiban-bench-ledger-'))
  const server = await startEmbedded({ folder: join(folder, 'postgresql'), durable: options.durable ?? true })
  await upgrade(server.url, silent)
  const assembled = await assemble({
    databaseUrl: server.url,
    role: APPLICATION_ROLE,
    key: randomBytes(32),
    filesFolder: join(folder, 'files'),
    log: silent,
    poolMax: 8,
  })
  const { tenant } = await createOrganizationWithAccounts(assembled.house, { slug: 'bench', name: '量一量体检中心' })
  await fillPast(assembled, tenant, options)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const people = (await client.query<{ id: string }>('select id from patient order by id')).rows.map(({ id }) => id)
  for (const table of ['patient', 'card', 'message', 'message_event']) await client.query(`vacuum analyze ${table}`)
  await client.end()
  let round = 0
  return {
    ...assembled,
    tenant,
    people,
    databaseUrl: server.url,
    plan: (size, count) => plan(assembled, tenant, people.slice(0, count), codeOf(size), (round += 1)),
    close: async () => {
      await assembled.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const codeOf = (size: string): string => `bench-${size.toLowerCase().replaceAll(' ', '-')}`

async function fillPast({ house }: AssembledHouse, tenant: Tenant, { people, past, sizes }: MailGroundOptions) {
  const actor = systemActor(tenant.id, 'bench')
  const now = house.clock.now()
  await write(house, { tenant, actor }, async (ctx) => {
    const settings = {
      general: {
        webAddress: 'https://care.example.cn',
        messageHours: { from: '00:00', to: '23:59' },
        messageLimits: { perPatientPerDay: 20, perPatientPerWeek: 100, mailsPerMinute: 1_000_000 },
      },
    }
    await sql`update organization set settings = ${JSON.stringify(settings)} where id = ${tenant.id}`.execute(ctx.tx)
    for (const [size, texts] of Object.entries(sizes)) await publish(ctx.tx, tenant, codeOf(size), texts, now)
    for (let at = 0; at < people; at += 1000) {
      const ids = Array.from({ length: Math.min(1000, people - at) }, () => ctx.ids.next<string>())
      const sealed = ids.map((_id, n) => ctx.sealer.seal(tenant.id, `patient${at + n}@example.com`))
      await sql`
        insert into patient (organization_id, id, name, sex, birth_date, email_sealed, created_at, updated_at)
        select ${tenant.id}::uuid, id, '李兰', 'female', '1960-05-05', sealed, ${now}, ${now} from unnest(${ids}::uuid[], ${sealed}::bytea[]) p (id, sealed)`.execute(
        ctx.tx,
      )
    }
    // Spread over the last 90 days, the same number for each, as the ledger keeps what has gone.
    await sql`
      insert into message (organization_id, id, patient_id, touch, channel, template, purpose, locale, state, attempts, source, created_at, sent_at, message_id)
      select ${tenant.id}::uuid, gen_random_uuid(), p.id, 'past:' || n, 'email', 'bp-remeasure', 'care', 'zh-CN', 'accepted', 1, 'bench', t.gone, t.gone, '<' || gen_random_uuid() || '@bench.peiban>'
      from (select id, row_number() over (order by id) k from patient) p, generate_series(1, ${Math.round(past / people)}) n,
        lateral (select ${now}::timestamptz - make_interval(days => 1 + ((n * 31 + p.k) % 89)::int, secs => p.k % 80000) as gone) t`.execute(
      ctx.tx,
    )
  })
}

async function publish(
  tx: Parameters<Parameters<typeof write>[2]>[0]['tx'],
  tenant: Tenant,
  code: string,
  texts: { text: string; html: string },
  now: Date,
): Promise<void> {
  const words = { subject: '请您再测一次', ...texts }
  const definition: TemplateDefinitionInput = {
    code,
    name: { zh: '复测血压', en: 'Measure again' },
    occasion: { zh: '量一量', en: 'Bench' },
    purpose: 'care',
    channels: ['email'],
    variables: ['day', 'place'].map((name) => ({
      name,
      dataClass: 'plain',
      label: { zh: name, en: name },
      example: { zh: '12 月 1 日', en: '1 December' },
    })),
    zh: words,
    en: words,
  }
  await tx
    .insertInto('message_template')
    .values({
      organization_id: tenant.id,
      code,
      version: 1,
      state: 'published',
      definition: JSON.stringify(templateDefinition.parse(definition)),
      owner_id: null,
      review_on: null,
      expires_on: null,
      author_id: null,
      author_name: 'bench',
      edited_by: [],
      created_at: now,
      updated_at: now,
      published_by: null,
      published_by_name: null,
      published_at: now,
      retired_at: null,
    })
    .execute()
}

async function plan(
  { house }: AssembledHouse,
  tenant: Tenant,
  people: readonly string[],
  template: string,
  round: number,
) {
  for (let at = 0; at < people.length; at += 1000)
    await write(house, { tenant, actor: systemActor(tenant.id, 'bench') }, (ctx) =>
      sendMessages(
        ctx,
        people.slice(at, at + 1000).map((patientId) => ({
          patientId,
          template,
          touch: `bench:${round}`,
          values: { day: '12 月 1 日', place: '二楼健康管理科' },
        })),
      ),
    )
}
