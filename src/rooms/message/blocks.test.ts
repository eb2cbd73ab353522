import { describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { anSmtpEnd } from '../../../test/smtp-end.ts'
import { smtpTransport } from '../../platform/mail/transport.ts'
import type { Block } from './contract/block.ts'
import { previewAsPerson, showMailPicture, uploadMailPicture } from './contract/block-mail.ts'
import * as contract from './contract/template.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, mailRow, publish, setWebAddress } from './sample.ts'
import { sendDue, sendMessage } from './server/index.ts'
import { sendNoticeMails } from './server/notice-mail.ts'
import { noteTemplateUse } from './server/template-use.ts'
import { alarmOfUpkeep } from './server/template-upkeep.ts'

/** Templates by blocks from the editor to the mail, and their upkeep. */

const house = await aHouse()
await setWebAddress(house, 'https://care.example.org')
const db = house.house.databases.of(house.tenant.id)
const editor = await house.as('content-editor', { name: '内容小周' })
const reviewer = await house.as('medical-reviewer', { name: '审核王主任' })
const manager = await house.as('service-manager', { name: '健管师李晓雯' })

const both = (zh: string, en: string) => ({ zh, en })
const letter: Block[] = [
  { kind: 'heading', id: 'head', level: 1, words: both('天凉了', 'Colder days') },
  { kind: 'text', id: 'text', words: both('{{ greeting }}：\n\n**多喝水**。', '{{ greeting }},\n\n**Drink enough.**') },
  { kind: 'button', id: 'butt', words: both('登录看看', 'Sign in'), to: 'link' },
]
const quote: Block = {
  kind: 'quote',
  id: 'quote',
  words: both('流感疫苗每年要打', 'Have a flu shot each year'),
  source: both('世界卫生组织', 'WHO'),
  date: '2023',
}
const byBlocks = (blocks: Block[] = letter, over: object = {}) => aTemplate({ blocks, ...over })
const save = (definition: ReturnType<typeof aTemplate>, revision: number | null = null, over: object = {}) =>
  editor.call(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision, ...over } })
const publishAs = (who: Caller, code: string, revision: number) =>
  who.try(contract.publishTemplate, { params: { code }, body: { revision } })
const trialOf = (code: string) => editor.try(contract.testTemplate, { params: { code }, body: { locale: 'zh-CN' } })

function handIn(who: Caller, content: Buffer) {
  return house.app.inject({
    method: 'POST',
    url: `/api${uploadMailPicture.path}`,
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream' },
    cookies: { peiban_session: who.token },
    payload: content,
  })
}
const aPng = (width = 640, height = 480) => {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  return Buffer.concat([head, size, Buffer.from('\x08\x02\0\0\0crc4\0\0\0\0IDAT........', 'latin1')])
}

describe('from the editor to the mail', () => {
  test('made once when it is saved; a message is filled from it, HTML and text', async () => {
    const definition = byBlocks()
    expect((await save(definition)).findings).toEqual([])
    const { draft } = await editor.call(contract.getTemplate, { params: { code: definition.code } })
    expect(draft!.definition.blocks).toEqual(letter)
    expect(draft!.definition.zh.html).toMatch(
      /^<h2 style="[^"]+">天凉了<\/h2><p style="[^"]+">\{\{ greeting \}\}：<\/p>/,
    )
    expect(draft!.definition.zh.text).toContain('天凉了\n\n{{ greeting }}：\n\n多喝水。')
    expect((await publishAs(reviewer, definition.code, 1)).status).toBe(200)
    const patientId = await aPatient(house, { name: '林若兰' })
    await house.write((ctx) => sendMessage(ctx, { patientId, template: definition.code, touch: 'x' }))
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    expect(mails[0]!.html).toContain('林若兰，您好：')
    expect(mails[0]!.html).toContain('href="https://care.example.org/my"')
    expect(mails[0]!.text).toContain('天凉了\n\n林若兰，您好：\n\n多喝水。\n\n登录看看：\nhttps://care.example.org/my')
  })

  test('what the caller claims was made from blocks is not believed', async () => {
    const definition = byBlocks(letter, { zh: { subject: '您好', text: '别的话', html: '<script>x</script>' } })
    await save(definition)
    const { draft } = await editor.call(contract.getTemplate, { params: { code: definition.code } })
    expect(draft!.definition.zh.html).not.toContain('script')
    expect(draft!.definition.zh.text).not.toContain('别的话')
  })

  test('knowledge without a citation is saved and not published; with one it is', async () => {
    const definition = byBlocks(letter, { knowledge: true })
    expect((await save(definition)).findings).toMatchObject([{ kind: 'citation-missing' }])
    expect((await publishAs(reviewer, definition.code, 1)).code).toBe('TemplateUnfit')
    expect(
      await db.selectFrom('message_template').select('state').where('code', '=', definition.code).execute(),
    ).toEqual([{ state: 'draft' }])
    await save({ ...definition, blocks: [...letter, quote] }, 1)
    expect((await publishAs(reviewer, definition.code, 2)).status).toBe(200)
  })

  test('a trial leaves through SMTP to oneself, with pictures at the address of the house', async () => {
    await db.updateTable('staff').set({ email: 'zhou@example.com' }).where('id', '=', editor.staffId).execute()
    const { picture, width, height } = (await handIn(editor, aPng())).json() as {
      picture: string
      width: number
      height: number
    }
    const shown: Block = {
      kind: 'picture',
      id: 'pict',
      picture,
      width,
      height,
      words: both('一杯水', 'A glass of water'),
    }
    const definition = byBlocks([...letter, shown], { knowledge: true })
    await save(definition)
    // It still lacks its citation: that one sees for oneself.
    expect((await trialOf(definition.code)).status).toBe(200)
    const end = await anSmtpEnd()
    const transport = smtpTransport(`smtp://127.0.0.1:${end.port}`)
    await sendNoticeMails(mailingBy(house.house, transport), house.tenant)
    await transport.close()
    await end.close()
    expect(end.mails.map(({ to }) => to)).toEqual([['zhou@example.com']])
    // Quoted-printable: a line that ends in = goes on.
    const read = end.mails[0]!.raw.replaceAll('=\r\n', '')
    expect(read).toContain(`src=3D"https://care.example.org/api/mail-pictures/${picture}"`)
    const grave = byBlocks([{ kind: 'text', id: 'text', words: both('号码 11010519491231002X', 'x') }])
    await save(grave)
    expect((await trialOf(grave.code)).code).toBe('TemplateUnfit')
  })
})

describe('pictures', () => {
  test('are handed in by who writes templates, and fetched by anybody who holds the address', async () => {
    const answer = await handIn(editor, aPng(800, 600))
    expect(answer.json()).toMatchObject({ width: 800, height: 600 })
    const { picture } = answer.json() as { picture: string }
    const fetched = await house.app.inject({
      method: 'GET',
      url: `/api${showMailPicture.path.replace(':token', picture)}`,
    })
    expect([fetched.statusCode, fetched.headers['content-type'], fetched.headers['cache-control']]).toEqual([
      200,
      'image/png',
      'public, max-age=31536000, immutable',
    ])
    expect(fetched.rawPayload.equals(aPng(800, 600))).toBe(true)
    const foreign = (await house.anOrganization()).id.replaceAll('-', '') + picture.slice(32)
    for (const wrong of ['x', foreign, `${picture.slice(0, -2)}AA`])
      expect((await house.app.inject({ method: 'GET', url: `/api/mail-pictures/${wrong}` })).statusCode).toBe(404)
  })

  test.each([
    ['too large', Buffer.concat([aPng(), Buffer.alloc(400_000)]), 413],
    ['no picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 422],
    ['too wide', aPng(5000, 10), 422],
  ])('%s is refused and not kept', async (_what, content, status) => {
    const count = () =>
      db
        .selectFrom('message_picture')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    const before = await count()
    expect((await handIn(editor, content)).statusCode).toBe(status)
    expect((await handIn(manager, aPng())).statusCode).toBe(403)
    expect(await count()).toEqual(before)
  })
})

describe('as one of the people one looks after', () => {
  const lookAt = (who: Caller, patientId: string) =>
    who.try(previewAsPerson, { params: { patientId: patientId as never }, body: { definition: byBlocks() } })

  test('by who may write to them, on record; nothing is sent', async () => {
    const patientId = await aPatient(house, { name: '赵敏' })
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    const { status, body } = await lookAt(manager, patientId)
    expect([status, (body as { verdict: string }).verdict]).toEqual([200, 'send'])
    expect((body as { html: string }).html).toContain('赵敏，您好')
    const trail = await db
      .selectFrom('audit_entry')
      .select(['action', 'actor_id'])
      .where('patient_id', '=', patientId)
      .where('action', '=', 'message.template-as-person')
      .execute()
    expect(trail).toEqual([{ action: 'message.template-as-person', actor_id: manager.staffId }])
    expect(await ledger(house, patientId)).toEqual([])
  })

  test('not by who writes templates, nor by who does not look after them', async () => {
    const patientId = await aPatient(house)
    const other = await house.as('service-manager')
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', patientId).execute()
    expect((await lookAt(editor, patientId)).status).toBe(403)
    expect((await lookAt(other, patientId)).status).toBe(404)
  })
})

describe('upkeep', () => {
  const lineOf = async (code: string) =>
    (await (await house.as('content-editor')).call(contract.listTemplates)).rows.find((row) => row.code === code)!

  test('what is planned of a template past its day ends with that reason, and says so', async () => {
    const code = await publish(house, aTemplate())
    const patientId = await aPatient(house)
    const sendAt = new Date(house.clock.now().getTime() + 3_600_000)
    await house.write((ctx) => sendMessage(ctx, { patientId, template: code, touch: 'late', sendAt }))
    await db
      .updateTable('message_template')
      .set({ expires_on: house.clock.today('Asia/Shanghai') })
      .where('code', '=', code)
      .execute()
    house.clock.advance({ hours: 2 })
    const { mails, transport } = keepingTransport()
    await sendDue(mailingBy(house.house, transport), house.tenant)
    expect(mails).toEqual([])
    expect(await mailRow(house, patientId)).toMatchObject({ state: 'failed', reason: 'template-expired' })
    expect((await lineOf(code)).upkeep).toBe('expired')
  })

  test('the inventory says when each was last sent, by whichever way, and never goes back', async () => {
    const code = await publish(house, aTemplate({ channels: ['in-app', 'email'] }))
    expect((await lineOf(code)).lastSentAt).toBeNull()
    const patientId = await aPatient(house)
    const sent = house.clock.now()
    await house.write((ctx) => sendMessage(ctx, { patientId, template: code, touch: 'seen', channels: ['in-app'] }))
    await noteTemplateUse(house.house, house.tenant)
    expect((await lineOf(code)).lastSentAt).toBe(sent.toISOString())
    house.clock.advance({ days: 2 })
    await house.write((ctx) => sendMessage(ctx, { patientId, template: code, touch: 'again', channels: ['email'] }))
    await sendDue(mailingBy(house.house, keepingTransport().transport), house.tenant)
    await noteTemplateUse(house.house, house.tenant)
    await noteTemplateUse(house.house, house.tenant)
    expect((await lineOf(code)).lastSentAt).toBe((await mailRow(house, patientId)).sent_at!.toISOString())
  })

  test('its keeper is told before it ends, each stage once; without a keeper, who writes templates', async () => {
    const keeper = await house.as('service-manager', { name: '负责人' })
    const kept = await publish(house, aTemplate())
    const unkept = await publish(house, aTemplate())
    const today = house.clock.today('Asia/Shanghai')
    const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
    const end = (code: string, change: object) =>
      db.updateTable('message_template').set(change).where('code', '=', code).execute()
    await end(kept, { owner_id: keeper.staffId, expires_on: inDays(13) })
    await end(unkept, { review_on: today })
    const toldOf = async (staffId: string, code: string) =>
      (
        await db
          .selectFrom('staff_notice')
          .select('kind')
          .where('staff_id', '=', staffId)
          .where('link', '=', `/message-templates/${code}`)
          .execute()
      ).map(({ kind }) => kind)
    await alarmOfUpkeep(house.house, house.tenant)
    await alarmOfUpkeep(house.house, house.tenant)
    expect(await toldOf(keeper.staffId, kept)).toEqual(['template-ends'])
    expect(await toldOf(editor.staffId, unkept)).toEqual(['template-review'])
    expect(await toldOf(editor.staffId, kept)).toEqual([])
    house.clock.advance({ days: 11 })
    await alarmOfUpkeep(house.house, house.tenant)
    expect(await toldOf(keeper.staffId, kept)).toEqual(['template-ends', 'template-ends'])
    expect((await lineOf(kept)).upkeep).toBe('soon')
  })
})
