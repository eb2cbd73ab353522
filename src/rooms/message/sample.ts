import { randomBytes } from 'node:crypto'
import type { TestHouse } from '../../../test/house.ts'
import type { Tenant } from '../../platform/context/context.ts'
import type { House } from '../../platform/context/house.ts'
import type { MailTransport, OutgoingMail } from '../../platform/mail/transport.ts'
import { registerPatient } from '../patient/server/index.ts'
import type { NewPatient } from '../patient/contract/person.ts'
import type { TemplateDefinitionInput } from './contract/template.ts'
import '../card/server/table.ts'
import './server/table.ts'

/** Patients, mails and templates for the tests of this room. */
let count = 0

export function aPatient(test: TestHouse, over: Partial<NewPatient> & { tenant?: Tenant } = {}): Promise<string> {
  const { tenant = test.tenant, ...person } = over
  count += 1
  const given = {
    name: `收信人${'甲乙丙丁戊己庚辛壬癸'[count % 10]}`,
    birthDate: '1960-05-05',
    phone: `139${String(10_000_000 + count)}`,
    email: `patient${count}@example.com`,
  }
  return test.write((ctx) => registerPatient(ctx, { ...given, ...person }), tenant)
}

/** What a person ticks on a card of theirs. */
export async function putConsent(
  test: TestHouse,
  patientId: string,
  purpose: 'service-messages' | 'promotion',
  granted: boolean,
): Promise<void> {
  const at = test.clock.now()
  const id = test.house.ids.next()
  const consents = JSON.stringify([{ purpose, granted, textVersion: '1', at: at.toISOString(), by: 'test' }])
  const db = test.house.databases.of(test.tenant.id)
  await db
    .deleteFrom('card')
    .where('patient_id', '=', patientId)
    .where('consents', '@>', JSON.stringify([{ purpose }]) as never)
    .execute()
  const times = { opened_by: null, opened_at: at, activated_at: null, closed_at: null }
  await db
    .insertInto('card')
    .values({ organization_id: test.tenant.id, id, patient_id: patientId, number: id, consents, ...times })
    .execute()
}

/** A transport that keeps what it is given and answers as told. */
export function keepingTransport(
  answer: MailTransport['send'] = () => Promise.resolve({ kind: 'accepted', reply: '250 ok' }),
) {
  const mails: OutgoingMail[] = []
  const transport: MailTransport = {
    kind: 'smtp',
    send: (mail) => {
      mails.push(mail)
      return answer(mail)
    },
    close: () => {},
  }
  return { mails, transport }
}

/** The same house with another transport. */
export function mailingBy(house: House, mail: MailTransport): House {
  return { ...house, mail }
}

export async function ledger(test: TestHouse, patientId: string, tenant = test.tenant) {
  return test.house.databases
    .of(tenant.id)
    .selectFrom('message')
    .selectAll()
    .where('patient_id', '=', patientId)
    .orderBy('touch')
    .orderBy('channel', 'desc')
    .execute()
}

/** What WeChat would not take goes by the next way of its ladder in the same turn. */
const SENDING = ['message/push', 'message/send', 'message/recall-from-staff', 'wechat/mass', 'sms/callbacks']

/** What the worker does about messages, once: its own rounds, and all events they bring. */
export async function work(test: TestHouse, tenant = test.tenant): Promise<void> {
  const rounds = new Map(test.rooms.flatMap((room) => room.rounds ?? []).map((round) => [round.name, round]))
  for (const name of SENDING) await rounds.get(name)!.run(test.house, tenant)
  await test.settle()
}

/** So that what the test before has left does not come due beside the next. */
export async function forgetBefore(test: TestHouse): Promise<void> {
  const db = test.house.databases.of(test.tenant.id)
  await db.updateTable('message').set({ state: 'cancelled', next_at: null }).where('next_at', 'is not', null).execute()
  const over = { lifted_at: test.clock.now(), because: 'the next test' }
  await db.updateTable('message_stop').set(over).where('lifted_at', 'is', null).execute()
}

export async function mailRow(test: TestHouse, patientId: string, tenant = test.tenant) {
  const rows = await ledger(test, patientId, tenant)
  const row = rows.find(({ channel }) => channel === 'email')
  if (!row) throw new Error('no mail in the ledger')
  return row
}

export async function setWebAddress(test: TestHouse, webAddress: string, tenant = test.tenant): Promise<void> {
  const settings = JSON.stringify({ general: { webAddress } })
  await test.house.databases
    .of(tenant.id)
    .updateTable('organization')
    .set({ settings })
    .where('id', '=', tenant.id)
    .execute()
}

export function aTemplate(over: Partial<TemplateDefinitionInput> = {}): TemplateDefinitionInput {
  return {
    code: `own-${randomBytes(4).toString('hex')}`,
    name: { zh: '自写模板', en: 'Own template' },
    occasion: { zh: '试用', en: 'For a try' },
    purpose: 'care',
    channels: ['email'],
    zh: { subject: '问候您', text: '{{ greeting }}：\n\n最近好吗？' },
    en: { subject: 'Greetings', text: '{{ greeting }},\n\nHow are you?' },
    ...over,
  }
}

/** Puts a template in force without its two people. */
export async function publish(
  test: TestHouse,
  template: TemplateDefinitionInput,
  tenant = test.tenant,
): Promise<string> {
  const now = test.clock.now()
  const version =
    1 +
    (
      await test.house.databases
        .of(tenant.id)
        .selectFrom('message_template')
        .select('version')
        .where('code', '=', template.code)
        .execute()
    ).length
  const { templateDefinition } = await import('./contract/template.ts')
  await test.house.databases
    .of(tenant.id)
    .insertInto('message_template')
    .values({
      organization_id: tenant.id,
      code: template.code,
      version,
      state: 'published',
      definition: JSON.stringify(templateDefinition.parse(template)),
      owner_id: null,
      review_on: null,
      expires_on: null,
      author_id: null,
      author_name: 'test',
      edited_by: [],
      created_at: now,
      updated_at: now,
      published_by: null,
      published_by_name: null,
      published_at: now,
      retired_at: null,
    })
    .execute()
  return template.code
}
