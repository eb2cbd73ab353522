import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse, type Caller, type TestHouse } from '../../../test/house.ts'
import { installContent } from '../../apps/demo/seed.ts'
import type { Tenant } from '../../platform/context/context.ts'
import { systemActor } from '../../platform/context/context.ts'
import { publishCard, readCard, retireCard, saveCard } from '../advice/contract/cards.ts'
import { getProtocol, publishProtocol } from '../follow-up/contract/catalogue.ts'
import { enrol } from '../follow-up/contract/run.ts'
import { insertDepartment } from '../organization/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { publishDraft, saveDraft } from '../tag/contract/tag.ts'
import { packDefinition, type PackDefinition } from './contract/pack.ts'
import { installPack, listPacks, readPack, removePack, updatePack, type PackView } from './contract/specialty-pack.ts'
import { install, update } from './server/install.ts'
import { packOf, viewOf } from './server/view.ts'

interface Clinic {
  house: TestHouse
  tenant: Tenant
  oncology: string
  surgery: string
  lead: Caller
  reviewer: Caller
  doctor: Caller
}

/** A house with two departments; given one, a further organization in it. */
async function aClinic(given?: TestHouse): Promise<Clinic> {
  const house = given ?? (await aHouse())
  const tenant = given ? await house.anOrganization('别家医院') : house.tenant
  await installContent(house.house, tenant)
  const aDepartment = (name: string) =>
    house.write(async (ctx) => {
      const id = ctx.ids.next<string & never>() as string
      await insertDepartment(ctx.tx, ctx.organizationId, id, { name, siteId: null, leadId: null }, ctx.clock.now())
      return id
    }, tenant)
  const oncology = await aDepartment('肿瘤科')
  const surgery = await aDepartment('胸外科')
  return {
    house,
    tenant,
    oncology,
    surgery,
    lead: await house.as('quality-lead', { tenant, name: '郑国华', departmentId: oncology }),
    reviewer: await house.as('medical-reviewer', { tenant, name: '钱学礼' }),
    doctor: await house.as('physician', { tenant, name: '张文远', departmentId: oncology }),
  }
}

const clinic = await aClinic()
const { house, lead, reviewer, doctor } = clinic
const at = (code: string) => ({ params: { code } })
const read = (code = 'oncology', who: Caller = lead) => who.call(readPack, at(code))
const put = async (code: string, departments: string[], who: Caller = lead) =>
  who.call(installPack, {
    ...at(code),
    body: { departmentIds: departments as never, revision: (await read(code, who)).revision },
  })
const takeOut = async (code: string, departments: string[], who: Caller = lead) =>
  who.call(removePack, {
    ...at(code),
    body: { departmentIds: departments as never, revision: (await read(code, who)).revision },
  })
const plansOf = ({ content }: PackView) =>
  Object.fromEntries(content.filter(({ own }) => own).map(({ code, plan }) => [code, plan]))
const partOf = ({ content }: PackView, code: string) => content.find((part) => part.code === code)!
const auditOf = async (action: string) => {
  const { rows } = await sql<{ outcome: string; detail: Record<string, unknown> }>`
    select outcome, detail from audit_entry where organization_id = ${house.tenant.id} and action = ${action} order by at`.execute(
    house.house.databases.of(house.tenant.id),
  )
  return rows
}

describe('S0-22 a pack in a department', () => {
  test('says beforehand what it will do, and does just that: drafts for a second person', async () => {
    const before = await read()
    expect(plansOf(before)).toEqual({
      'oncology-follow-up': 'lay',
      'oncology-after-treatment': 'lay',
      'oncology-recovery': 'lay',
      'diet-oncology-eating': 'lay',
      'exercise-oncology-gentle': 'lay',
    })
    expect(before).toMatchObject({ installedVersion: null, revision: 0, can: { install: true, remove: false } })
    const after = await put('oncology', [clinic.oncology])
    expect(after).toMatchObject({ installedVersion: packOf('oncology').version, waiting: 5, mine: true, revision: 1 })
    expect(after.content.filter(({ own }) => own).every(({ standing }) => standing === 'draft')).toBe(true)
    expect(after.events[0]).toMatchObject({
      kind: 'installed',
      by: '郑国华',
      departments: ['肿瘤科'],
      counts: { lay: 5 },
    })
    expect((await auditOf('specialty-pack.install')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: { pack: 'oncology', kind: 'installed', lay: 5 },
    })
  })

  test('its parts are in their rooms, and the second person of each puts them in force', async () => {
    await reviewer.call(publishDraft, { ...at('oncology-follow-up'), body: { version: 1 } })
    await reviewer.call(publishProtocol, { ...at('oncology-after-treatment'), body: { version: 1, running: 'leave' } })
    await reviewer.call(publishCard, { ...at('diet-oncology-eating'), body: { revision: 1 } })
    const view = await read()
    expect(view.waiting).toBe(2)
    expect(partOf(view, 'oncology-after-treatment')).toMatchObject({ standing: 'in-force', changedHere: false })
    const protocol = await reviewer.call(getProtocol, at('oncology-after-treatment'))
    expect(protocol.reach).toEqual(['肿瘤科'])
  })

  test('the same again does nothing, whether it was seen as it is or came twice', async () => {
    const view = await read()
    const body = { departmentIds: [clinic.oncology] as never, revision: view.revision }
    expect((await lead.call(installPack, { ...at('oncology'), body })).revision).toBe(view.revision)
    const twice = { ...body, revision: view.revision - 1 }
    expect((await lead.call(installPack, { ...at('oncology'), body: twice })).revision).toBe(view.revision)
    expect((await read()).events).toHaveLength(1)
  })

  test('taken out, nobody new begins, whoever is in it goes on, and an undo brings all back', async () => {
    const patient = await house.write((ctx) =>
      registerPatient(ctx, { name: '王秀兰', sex: 'female', birthDate: '1960-01-01', phone: '13800138001' }),
    )
    await house.house.databases
      .of(house.tenant.id)
      .updateTable('patient')
      .set({ doctor_id: doctor.staffId })
      .where('id', '=', patient)
      .execute()
    const params = { patientId: patient as never }
    await doctor.call(enrol, { params, body: { protocol: 'oncology-after-treatment', reason: '' } })
    const running = await read()
    expect(running.atWork).toMatchObject([{ code: 'oncology-after-treatment', people: 1 }])
    const out = await takeOut('oncology', [clinic.oncology])
    expect(out).toMatchObject({ installedVersion: null, departments: [], people: 1, waiting: 0 })
    expect(out.events[0]).toMatchObject({ kind: 'removed', counts: { drop: 2, retire: 1, stay: 2 } })
    expect(partOf(out, 'diet-oncology-eating').standing).toBe('retired')
    expect(partOf(out, 'oncology-follow-up').standing).toBe('in-force')
    expect(partOf(out, 'oncology-recovery').standing).toBe('absent')
    const again = await house.write((ctx) =>
      registerPatient(ctx, { name: '李桂英', sex: 'female', birthDate: '1958-01-01', phone: '13800138002' }),
    )
    await house.house.databases
      .of(house.tenant.id)
      .updateTable('patient')
      .set({ doctor_id: doctor.staffId })
      .where('id', '=', again)
      .execute()
    const refused = await doctor.try(enrol, {
      params: { patientId: again as never },
      body: { protocol: 'oncology-after-treatment', reason: '' },
    })
    expect(refused.code).toBe('ProtocolUnknown')
    expect(plansOf(out)).toMatchObject({ 'diet-oncology-eating': 'restore', 'oncology-recovery': 'lay' })
    const back = await put('oncology', [clinic.oncology])
    expect(partOf(back, 'diet-oncology-eating')).toMatchObject({ standing: 'in-force', version: 2 })
    expect(back.waiting).toBe(2)
    expect((await reviewer.call(getProtocol, at('oncology-after-treatment'))).reach).toEqual(['肿瘤科'])
  })

  test('what the house changed, or took out, is never overwritten', async () => {
    const standing = partOf(await read(), 'diet-oncology-eating').version!
    const card = await reviewer.call(readCard, { params: { code: 'diet-oncology-eating', version: standing } as never })
    const definition = { ...card.definition, title: { zh: '我们的吃法', en: 'Our way of eating' } }
    const draft = await reviewer.call(saveCard, { ...at('diet-oncology-eating'), body: { definition, revision: 0 } })
    const second = await house.as('medical-reviewer')
    await second.call(publishCard, { ...at('diet-oncology-eating'), body: { revision: draft.revision } })
    await second.call(publishCard, { ...at('exercise-oncology-gentle'), body: { revision: 1 } })
    await second.call(retireCard, at('exercise-oncology-gentle'))
    const view = await read()
    expect(partOf(view, 'diet-oncology-eating')).toMatchObject({
      standing: 'in-force',
      changedHere: true,
      plan: 'kept',
    })
    expect(partOf(view, 'exercise-oncology-gentle')).toMatchObject({ standing: 'retired', plan: 'off' })
    await takeOut('oncology', [clinic.oncology])
    await put('oncology', [clinic.oncology])
    const after = await read()
    expect(partOf(after, 'diet-oncology-eating')).toMatchObject({ standing: 'in-force', changedHere: true })
    expect(partOf(after, 'exercise-oncology-gentle').standing).toBe('retired')
  })

  test('a code that is something else here is passed over and told', async () => {
    const taken = packOf('rehabilitation').parts.find(({ code }) => code === 'in-rehabilitation')!
    const own = { ...(taken as { definition: object }).definition, name: { zh: '我们的康复标签', en: 'Our own' } }
    await reviewer.call(saveDraft, { ...at('in-rehabilitation'), body: { definition: own as never } })
    expect(partOf(await read('rehabilitation'), 'in-rehabilitation').plan).toBe('taken')
    const view = await put('rehabilitation', [clinic.oncology])
    expect(view.events[0]!.counts).toMatchObject({ taken: 1 })
    await takeOut('rehabilitation', [clinic.oncology])
    expect(partOf(await read('rehabilitation'), 'in-rehabilitation').standing).toBe('draft')
  })

  test('somebody who may publish puts it in force by installing, but for alert rules', async () => {
    const both = await house.as(['quality-lead', 'medical-reviewer'], { name: '周主任', departmentId: clinic.oncology })
    expect(plansOf(await read('chronic', both))).toMatchObject({
      kidney: 'put',
      'kidney-follow-up': 'put',
      'egfr-lower-still': 'lay',
    })
    const view = await put('chronic', [clinic.oncology], both)
    expect(partOf(view, 'kidney')).toMatchObject({ standing: 'in-force' })
    expect(partOf(view, 'egfr-lower-still')).toMatchObject({ standing: 'draft' })
    expect(view.waiting).toBe(1)
  })
})

describe('who may', () => {
  test('heads decide for their own departments; all who work with content read', async () => {
    for (const role of ['physician', 'service-manager', 'content-editor', 'medical-reviewer'] as const) {
      const caller = await house.as(role)
      expect((await caller.call(listPacks)).can.install).toBe(false)
      const body = { departmentIds: [clinic.oncology] as never, revision: 0 }
      expect(await caller.try(installPack, { ...at('mind'), body })).toMatchObject({
        status: 403,
        code: 'NotPermitted',
      })
      expect(await caller.try(removePack, { ...at('mind'), body })).toMatchObject({ status: 403 })
    }
    expect((await auditOf('specialty-pack.install')).some(({ outcome }) => outcome === 'denied')).toBe(true)
    expect((await (await house.as('front-desk')).try(listPacks)).status).toBe(403)
    const body = { departmentIds: [clinic.surgery] as never, revision: 0 }
    expect((await lead.try(installPack, { ...at('mind'), body })).code).toBe('PackDepartmentNotYours')
    const anybodys = await house.as('quality-lead')
    expect((await put('mind', [clinic.surgery], anybodys)).departments).toMatchObject([{ name: '胸外科' }])
    const unknown = { departmentIds: [house.house.ids.next<string & never>()] as never, revision: 1 }
    expect((await anybodys.try(installPack, { ...at('mind'), body: unknown })).code).toBe('PackDepartmentUnknown')
    expect((await anybodys.try(readPack, at('no-such-pack'))).code).toBe('PackUnknown')
    const nowhere = { departmentIds: [clinic.oncology] as never, revision: 1 }
    expect((await anybodys.try(removePack, { ...at('mind'), body: nowhere })).code).toBe('PackNotInstalled')
  })

  test('packs of one’s own department stand first', async () => {
    const { packs } = await doctor.call(listPacks)
    expect(packs[0]).toMatchObject({ mine: true })
    expect(packs.at(-1)).toMatchObject({ installedVersion: null })
  })
})

describe('two at once', () => {
  test('of two who install at once one does, and the other is told who', async () => {
    const other = await aClinic(house)
    const second = await house.as('quality-lead', { name: '周主任', tenant: other.tenant })
    const body = (department: string) => ({ departmentIds: [department] as never, revision: 0 })
    const answers = await Promise.all([
      other.lead.try(installPack, { ...at('mind'), body: body(other.oncology) }),
      second.try(installPack, { ...at('mind'), body: body(other.surgery) }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)!
    expect(lost.code).toBe('PackChangedMeanwhile')
    const view = await other.lead.call(readPack, at('mind'))
    expect(view.departments).toHaveLength(1)
    expect((lost.body as { title: string }).title).toContain(view.changed!.by)
    expect(view.events).toHaveLength(1)
  })
})

describe('a newer version of a pack', () => {
  const shipped = packOf('oncology').version
  const next = shipped + 1
  const newer = (): PackDefinition => {
    const pack = structuredClone(packOf('oncology')) as PackDefinition
    for (const part of pack.parts)
      if (part.kind === 'tag' && part.definition) part.definition.explanation.zh = '换了一句说法。'
    return packDefinition.parse({
      ...pack,
      version: next,
      changes: { zh: '标签换了说法。', en: 'The tag is worded anew.' },
    })
  }
  const asLead = <T>(of: Clinic, work: Parameters<TestHouse['write']>[0]) =>
    of.house.write(
      (ctx) =>
        work({
          ...ctx,
          actor: {
            ...systemActor(of.tenant.id, 'test'),
            kind: 'staff',
            id: of.lead.staffId,
            name: of.lead.name,
            permissions: new Set(['specialty-pack.install']),
          },
        }) as Promise<T>,
      of.tenant,
    )

  test('shows what it changes; taken, it renews what was never changed; left, it is spoken of no more', async () => {
    const one = await aClinic(house)
    await asLead(one, (ctx) => install(ctx, packOf('oncology'), { departmentIds: [one.oncology], revision: 0 }))
    await one.reviewer.call(publishDraft, { ...at('oncology-follow-up'), body: { version: 1 } })
    const shown = await asLead<PackView>(one, (ctx) => viewOf(ctx, newer()))
    expect(shown).toMatchObject({ hasUpdate: true, installedVersion: shipped, version: next, can: { update: true } })
    expect(plansOf(shown)).toMatchObject({ 'oncology-follow-up': 'renew', 'diet-oncology-eating': 'there' })
    const left = await asLead<PackView>(one, (ctx) => update(ctx, newer(), { version: next, take: false, revision: 1 }))
    expect(left).toMatchObject({ hasUpdate: false, installedVersion: shipped, revision: 2 })
    await expect(
      asLead(one, (ctx) => update(ctx, packOf('oncology'), { version: shipped, take: true, revision: 2 })),
    ).rejects.toMatchObject({ code: 'PackNothingNew' })
    // Another department joins on the version that is in use: nothing new comes with it unasked.
    const anybodys = await house.as('quality-lead', { tenant: one.tenant })
    await one.house.house.databases
      .of(one.tenant.id)
      .updateTable('department')
      .set({ lead_id: one.lead.staffId })
      .where('id', '=', one.surgery)
      .execute()
    const joined = await asLead<PackView>(one, (ctx) =>
      install(ctx, newer(), { departmentIds: [one.surgery], revision: 2 }),
    )
    expect(joined).toMatchObject({ installedVersion: shipped })
    expect(partOf(joined, 'oncology-follow-up').draft).toBeNull()
    const taken = await asLead<PackView>(one, (ctx) => update(ctx, newer(), { version: next, take: true, revision: 3 }))
    expect(taken).toMatchObject({ hasUpdate: false, installedVersion: next })
    expect(partOf(taken, 'oncology-follow-up')).toMatchObject({ standing: 'in-force', version: 1, draft: 2 })
    expect(
      (await anybodys.try(updatePack, { ...at('oncology'), body: { version: next + 1, take: true, revision: 4 } }))
        .code,
    ).toBe('PackNothingNew')
  })
})

test('two organizations do not see each other’s packs', async () => {
  const other = await aClinic(house)
  const view = await other.lead.call(readPack, at('oncology'))
  expect(view).toMatchObject({ installedVersion: null, departments: [], events: [], revision: 0 })
  const theirs = { departmentIds: [clinic.oncology] as never, revision: 0 }
  expect((await other.lead.try(installPack, { ...at('oncology'), body: theirs })).code).toBe('PackDepartmentUnknown')
})
