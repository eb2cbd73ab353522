import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import * as contract from './contract/template.ts'
import { sendDue, sendMessage } from './server/index.ts'
import { sendNoticeMails } from './server/notice-mail.ts'
import { shippedTemplates } from './server/templates.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, mailRow } from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const editor = await house.as('content-editor', { name: '内容小周' })
const reviewer = await house.as('medical-reviewer', { name: '审核王主任' })
const save = (definition: ReturnType<typeof aTemplate>, revision: number | null = null, over: object = {}) =>
  editor.call(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision, ...over } })

describe('drafting and publishing', () => {
  test('what comes with Peiban is listed; a draft of it changes nothing until another person publishes it', async () => {
    const { rows } = await editor.call(contract.listTemplates)
    expect(rows).toHaveLength(shippedTemplates.length)
    const { current } = await editor.call(contract.getTemplate, { params: { code: 'please-contact' } })
    expect(current).toMatchObject({ version: 0, origin: 'shipped' })
    const definition = { ...current!.definition, zh: { ...current!.definition.zh, subject: '想和您说句话' } }
    const saved = await save(definition)
    expect(saved).toMatchObject({ version: 1, revision: 1, findings: [] })
    const tell = async () => {
      const patientId = await aPatient(house)
      await house.write((ctx) =>
        sendMessage(ctx, { patientId, template: 'please-contact', touch: 'x', channels: ['email'] }),
      )
      const { mails, transport } = keepingTransport()
      await sendDue(mailingBy(house.house, transport), house.tenant)
      return [mails[0]!.subject, (await mailRow(house, patientId)).template_version]
    }
    expect(await tell()).toEqual(['刚才没能打通您的电话', 0])
    expect(
      (await editor.try(contract.publishTemplate, { params: { code: 'please-contact' }, body: { revision: 1 } }))
        .status,
    ).toBe(403)
    expect(
      (await reviewer.call(contract.publishTemplate, { params: { code: 'please-contact' }, body: { revision: 1 } }))
        .version,
    ).toBe(1)
    expect(await tell()).toEqual(['想和您说句话', 1])
    const shown = await reviewer.call(contract.getTemplate, { params: { code: 'please-contact' } })
    expect([shown.draft, shown.current!.by, shown.history.map((h) => h.version)]).toEqual([null, '审核王主任', [1]])
  })

  test('whoever wrote a word of it may not publish it', async () => {
    const both = await house.as(['content-editor', 'medical-reviewer'])
    const definition = aTemplate()
    await save(definition)
    await both.call(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision: 1 } })
    const publish = (who: typeof both, revision: number) =>
      who.try(contract.publishTemplate, { params: { code: definition.code }, body: { revision } })
    expect((await publish(both, 2)).code).toBe('TemplateOwnHand')
    expect((await publish(reviewer, 1)).code).toBe('TemplateChangedMeanwhile')
    expect((await publish(reviewer, 2)).status).toBe(200)
    expect((await publish(reviewer, 2)).code).toBe('TemplateDraftMissing')
  })

  test('a draft may be unfinished, but not be published so', async () => {
    const definition = aTemplate({ zh: { subject: '您的糖尿病随访', text: '{{ unknown }}，包治' } })
    const { findings } = await save(definition)
    expect(findings.map((finding) => finding.kind).toSorted()).toEqual([
      'disease-in-subject',
      'forbidden-phrase',
      'unknown-variable',
    ])
    expect(
      (await reviewer.try(contract.publishTemplate, { params: { code: definition.code }, body: { revision: 1 } })).code,
    ).toBe('TemplateUnfit')
    expect((await editor.call(contract.dropDraft, { params: { code: definition.code } })).dropped).toBe(true)
    expect((await editor.try(contract.getTemplate, { params: { code: definition.code } })).code).toBe('TemplateUnknown')
  })

  test('two editors at once: one is told', async () => {
    const definition = aTemplate()
    const other = await house.as('content-editor')
    const begin = (who: typeof editor) =>
      who.try(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision: null } })
    const answers = await Promise.all([begin(editor), begin(other)])
    expect(answers.map((answer) => answer.code ?? 'saved').toSorted()).toEqual(['TemplateChangedMeanwhile', 'saved'])
  })

  test('an expired one is not sent any more', async () => {
    const definition = aTemplate()
    await save(definition, null, { expiresOn: '2026-03-01', reviewOn: '2026-02-01' })
    await reviewer.call(contract.publishTemplate, { params: { code: definition.code }, body: { revision: 1 } })
    const line = (await editor.call(contract.listTemplates)).rows.find((row) => row.code === definition.code)
    expect(line!.upkeep).toBe('expired')
    const patientId = await aPatient(house)
    await expect(
      house.write((ctx) => sendMessage(ctx, { patientId, template: definition.code, touch: 'x' })),
    ).rejects.toMatchObject({ code: 'TemplateUnknown' })
  })
})

describe('seeing it before', () => {
  test('as a fictitious person in both languages, while it is typed', async () => {
    const preview = await editor.call(contract.previewTemplate, {
      body: {
        definition: aTemplate({
          zh: { subject: '您好 {{ name }}', text: '{{ greeting }}' },
          en: { subject: '{% if %}', text: 'x' },
        }),
      },
    })
    expect(preview.zh!.subject).toBe('您好 王桂兰')
    expect(preview.zh!.html).toContain('王桂兰，您好')
    expect(preview.en).toBeNull()
    expect(preview.findings).toMatchObject([{ part: 'en.subject', kind: 'syntax' }])
  })

  test("a trial goes to one's own address and nowhere else", async () => {
    const trial = () =>
      editor.try(contract.testTemplate, { params: { code: 'report-ready' }, body: { locale: 'zh-CN' } })
    expect((await trial()).code).toBe('NoStaffEmail')
    await db.updateTable('staff').set({ email: 'zhou@example.com' }).where('id', '=', editor.staffId).execute()
    expect((await trial()).body).toEqual({ toMasked: 'z***@example.com' })
    const { mails, transport } = keepingTransport()
    await sendNoticeMails(mailingBy(house.house, transport), house.tenant)
    expect(mails.map((mail) => [mail.to, mail.subject])).toEqual([['zhou@example.com', '您的体检报告已出']])
  })
})

test.each([
  ['content-editor', 200, 200, 403],
  ['medical-reviewer', 200, 403, 404],
  ['service-manager', 200, 403, 403],
  ['physician', 200, 403, 403],
  ['quality-lead', 200, 403, 403],
  ['front-desk', 403, 403, 403],
  ['sales-manager', 403, 403, 403],
  ['system-administrator', 403, 403, 403],
] as const)('%s: read %i, write %i, publish %i', async (role, read, write, publish) => {
  const who = await house.as(role)
  const definition = aTemplate()
  expect([
    (await who.try(contract.listTemplates)).status,
    (await who.try(contract.saveDraft, { params: { code: definition.code }, body: { definition, revision: null } }))
      .status,
    (await who.try(contract.publishTemplate, { params: { code: 'report-ready' }, body: { revision: 1 } })).status,
  ]).toEqual([read, write, publish])
})
