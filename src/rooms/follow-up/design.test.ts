import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { assignCarers } from '../patient/server/index.ts'
import { draftProtocol, publishProtocol } from './contract/catalogue.ts'
import { exportPathway, importPathway } from './contract/plan-definition.ts'
import { checkDraft, pathwayContent, walkPathway } from './contract/walk.ts'
import { aPathway, aStep, words } from './sample-pathway.ts'
import { aPerson } from './sample-plan.ts'

const house = await aHouse()
const lead = await house.as('quality-lead')
const manager = await house.as('service-manager')
const both = await house.as(['content-editor', 'medical-reviewer'])
const reviewer = await house.as('medical-reviewer')
const HEART = { condition: { codes: ['I50'] } }
const definition = aPathway({ exits: [{ code: 'heart', name: words, when: { condition: HEART }, as: 'switched' }] }, [
  aStep({
    message: 'follow-up-due',
    escalation: 'doctor',
    onlyIf: { condition: { age: { op: '>=', years: 18 } }, otherwise: words },
  }),
])

test('faults name steps and phases as people call them, also a step without a name', async () => {
  const nameless = { zh: '', en: '' }
  const draft = aPathway({ exits: undefined, phases: [{ code: 'early', name: { zh: '早期', en: 'Early' } }] }, [
    aStep({ name: { zh: '每周电话', en: 'Weekly call' }, recurrence: undefined, forPatient: undefined }),
    aStep({ code: 'other', track: 'other', name: nameless, next: null, forPatient: undefined, recurrence: undefined }),
  ])
  const { faults } = await lead.call(checkDraft, { body: { definition: draft } })
  const said = faults.map(({ text }) => text.zh)
  expect(said).toContain('“每周电话”一直重复，没有结束次数、结案条件或退出规则。')
  expect(said).toContain('阶段“早期”里没有步骤。')
  expect(said).toContain('“还没有名字的一步”没有写给客户看的话，客户在自己的页面上看不到。')
})

describe('walking somebody through a draft', () => {
  test('a made-up person: dates, messages, tasks; nothing is kept', async () => {
    const walked = await lead.call(walkPathway, { body: { definition, startOn: '2026-03-02', days: 20 } })
    expect(walked.items).toMatchObject([
      {
        step: 'call',
        state: 'done',
        on: '2026-03-09',
        task: 'manager',
        message: { template: 'follow-up-due', channels: null },
      },
      { step: 'call', state: 'done', on: '2026-03-16' },
      { step: 'call', state: 'open', dueOn: '2026-03-23' },
    ])
    expect(walked.asked).toEqual([
      { place: 'step:call:only-if', holds: true, from: 'default' },
      { place: 'exit:heart', holds: false, from: 'default' },
    ])
    const kept = await house.house.databases.of(house.tenant.id).selectFrom('plan_run').select('id').execute()
    expect(kept).toEqual([])
  })
  test('a chosen person answers by their facts of today; what is assumed wins; the look leaves its line', async () => {
    const doctor = await house.as('physician')
    const child = await aPerson(house, { birthDate: '2020-05-01' })
    await house.write((ctx) => assignCarers(ctx, child, { doctorId: doctor.staffId as never }))
    const ask = (truths: object[] = []) =>
      doctor.call(walkPathway, { body: { definition, patientId: child as never, days: 20, truths: truths as never } })
    expect((await ask()).items.map(({ state, skipped }) => [state, skipped?.en])).toContainEqual(['skipped', words.en])
    const assumed = await ask([
      { place: 'step:call:only-if', holds: true },
      { place: 'exit:heart', holds: true, fromDay: 12 },
    ])
    expect(assumed.items[0]).toMatchObject({ state: 'done' })
    expect(assumed.ended).toMatchObject({ exit: 'heart', name: words })
    const lines = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('audit_entry')
      .select(['action', 'patient_id'])
      .where('action', '=', 'follow-up.protocol.walk')
      .where('patient_id', '=', child)
      .execute()
    expect(lines).toHaveLength(2)
  })
  test("somebody else's patient is not to be walked, and not everybody may draw", async () => {
    const stranger = await aPerson(house)
    expect(
      (await (await house.as('physician')).try(walkPathway, { body: { definition, patientId: stranger as never } }))
        .status,
    ).toBe(404)
    expect((await (await house.as('front-desk')).try(walkPathway, { body: { definition } })).status).toBe(403)
  })
})

describe('what is wrong with a draft', () => {
  test('codes with texts in both languages, about this house', async () => {
    const wrong = aPathway(
      { forPatient: { title: words, text: { zh: '您的依从性很差', en: 'Your compliance is poor' } } },
      [aStep({ message: 'gone', form: 'gone', branches: [{ when: { questionnaireOfTheFuture: {} }, next: 'call' }] })],
    )
    const { faults } = await lead.call(checkDraft, { body: { definition: wrong } })
    const found = new Map(faults.map(({ code, text }) => [code, text]))
    expect(found.get('UnknownTemplate')).toEqual({
      zh: '“每周通话”用的消息模板“gone”没有启用。',
      en: '“A call every week” names the template “gone”, which is not in force.',
    })
    expect([...found.keys()]).toEqual(expect.arrayContaining(['UnknownForm', 'UnknownFact', 'NotPlain', 'NoWayOut']))
  })
  test('it is not published, nor by whoever drafted it', async () => {
    const { version } = await both.call(draftProtocol, {
      params: { code: 'weekly' },
      body: { definition: aPathway({}, [aStep({ after: { days: 0 } })]) },
    })
    const publish = (who: typeof lead) =>
      who.try(publishProtocol, { params: { code: 'weekly' }, body: { version, running: 'leave' } })
    expect(await publish(both)).toMatchObject({ status: 409, code: 'ProtocolOwnDraft' })
    expect(await publish(reviewer)).toMatchObject({ status: 422, code: 'ProtocolFault' })
    await both.call(draftProtocol, { params: { code: 'weekly' }, body: { definition: aPathway() } })
    expect(await publish(reviewer)).toMatchObject({ status: 200 })
  })
  test('what a step may name', async () => {
    const { forms, channels } = await manager.call(pathwayContent)
    expect(forms.find(({ code }) => code === 'companion-call')!.items.length).toBeGreaterThan(2)
    expect(channels).toContain('email')
  })
})

describe('FHIR PlanDefinition', () => {
  test('a version goes out and comes back as a draft; one that stands is not written over', async () => {
    const { resource, inExtension } = await reviewer.call(exportPathway, { params: { code: 'weekly' } })
    expect(resource).toMatchObject({ resourceType: 'PlanDefinition', url: 'urn:peiban:pathway:weekly' })
    expect(inExtension).toContain('entry')
    const editor = await house.as('content-editor')
    const bring = () => editor.try(importPathway, { body: { resource: resource as never, code: 'weekly-again' } })
    expect(await bring()).toMatchObject({ status: 200, body: { code: 'weekly-again', version: 1, notUnderstood: [] } })
    expect(await bring()).toMatchObject({ status: 409, code: 'DraftStands' })
    const bad = await editor.try(importPathway, { body: { resource: { resourceType: 'Patient' } } })
    expect(bad).toMatchObject({ status: 422, code: 'NotAPlanDefinition' })
    const foreign = {
      resourceType: 'PlanDefinition',
      title: 'Visits',
      name: 'Visits',
      library: ['x'],
      action: [{ id: 'one', title: 'One', timingDuration: { value: 3, code: 'd' } }],
    }
    const read = await editor.call(importPathway, { body: { resource: foreign } })
    expect(read.notUnderstood).toEqual([
      {
        path: 'library',
        why: 'not-supported',
        text: { zh: '没有读懂，没有带入：library', en: 'Not understood and not taken over: library' },
      },
    ])
    expect((await manager.try(importPathway, { body: { resource: foreign } })).status).toBe(403)
    expect((await reviewer.try(exportPathway, { params: { code: 'none-such' } })).code).toBe('ProtocolUnknown')
  })
})
