import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { aPatient } from '../message/sample.ts'
import { sendDue } from '../message/server/index.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/campaign.ts'
import * as outcome from './contract/outcome.ts'
import { aCampaign, act, anApproved, aRunning, messagesOf, runsOf } from './sample-campaign.ts'
import { enterDue, stepDue } from './server/index.ts'
import { turn } from './server/room.ts'
import { watch } from './server/watch.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const step = () => stepDue(house.house, house.tenant)
const enter = () => enterDue(house.house, house.tenant)

beforeAll(() => house.write(async (ctx) => void (await installShippedQuestionnaires(ctx))))
beforeEach(async () => {
  house.clock.set(TEST_NOW)
  await db.updateTable('campaign').set({ state: 'cancelled' }).where('state', '=', 'running').execute()
})

describe('content', () => {
  test('is not kept without a goal and a measure of success', async () => {
    const editor = await house.as('content-editor')
    for (const lacking of ['goal', 'success', 'aim'] as const) {
      const definition = { ...aCampaign(), [lacking]: undefined } as never
      const answer = await editor.try(contract.createCampaign, { body: { definition } })
      expect([answer.status, answer.code], lacking).toEqual([400, 'InvalidInput'])
    }
  })

  test('goes from a draft through another pair of eyes', async () => {
    const editor = await house.as('content-editor')
    const reviewer = await house.as('medical-reviewer')
    const { id, revision, faults } = await editor.call(contract.createCampaign, { body: { definition: aCampaign() } })
    expect(faults).toEqual([])
    const params = { campaignId: id }
    expect((await editor.try(contract.controlCampaign, { params, body: { act: 'start' } })).code).toBe(
      'CampaignNotReady',
    )
    expect((await reviewer.try(contract.decideCampaign, { params, body: { revision, approve: true } })).code).toBe(
      'CampaignNotSubmitted',
    )
    await editor.call(contract.submitCampaign, { params, body: { revision } })
    expect(
      (await editor.try(contract.saveCampaign, { params, body: { definition: aCampaign(), revision } })).code,
    ).toBe('CampaignNotDraft')
    expect((await reviewer.try(contract.decideCampaign, { params, body: { revision, approve: false } })).status).toBe(
      400,
    )
    const back = await reviewer.call(contract.decideCampaign, {
      params,
      body: { revision, approve: false, note: '标题太长' },
    })
    await editor.call(contract.submitCampaign, { params, body: { revision: back.revision } })
    const both = await house.as(['content-editor', 'medical-reviewer'])
    await reviewer.call(contract.decideCampaign, { params, body: { revision: back.revision, approve: true } })
    const shown = await both.call(contract.readCampaign, { params })
    expect(shown).toMatchObject({ state: 'preparing', inForce: { version: 1, state: 'approved' }, open: null })
    expect(shown.inForce!.sentences['audience']!.zh).toContain('60')
    expect(shown.events.map(({ kind }) => kind)).toEqual([
      'approved',
      'submitted',
      'given-back',
      'submitted',
      'created',
    ])
  })

  test('is not approved by a hand that wrote in it', async () => {
    const both = await house.as(['content-editor', 'medical-reviewer'])
    const { id, revision } = await both.call(contract.createCampaign, { body: { definition: aCampaign() } })
    await both.call(contract.submitCampaign, { params: { campaignId: id }, body: { revision } })
    const own = await both.try(contract.decideCampaign, {
      params: { campaignId: id },
      body: { revision, approve: true },
    })
    expect([own.status, own.code]).toEqual([403, 'CampaignOwnHand'])
  })

  test('of two who write at once one is kept', async () => {
    const editor = await house.as('content-editor')
    const { id, revision } = await editor.call(contract.createCampaign, { body: { definition: aCampaign() } })
    const save = () =>
      editor.try(contract.saveCampaign, {
        params: { campaignId: id },
        body: { definition: aCampaign({ aim: '换一句话说' }), revision },
      })
    const codes = (await Promise.all([save(), save()])).map(({ status, code }) => code ?? status)
    expect(codes.toSorted()).toEqual([200, 'ChangedMeanwhile'].toSorted())
  })

  test.each<[string, Parameters<typeof aCampaign>[0], string]>([
    ['says nothing', { path: [] }, 'NothingToSend'],
    ['knows of no source', { goal: 'knowledge' }, 'SourceMissing'],
    [
      'sends what does not exist',
      { path: [{ id: 'a', kind: 'send', template: 'nothing-such' } as never] },
      'TemplateUnknown',
    ],
    [
      'sends by a way the template has not',
      { path: [{ id: 'a', kind: 'send', template: 'thinking-of-you', channels: ['sms'] } as never] },
      'ChannelForeign',
    ],
    [
      'leaves a value open',
      { path: [{ id: 'a', kind: 'send', template: 'interpretation-reminder' } as never] },
      'ValueMissing',
    ],
    [
      'names two steps alike',
      { path: [{ id: 'a', kind: 'send', template: 'thinking-of-you' } as never, { id: 'a', kind: 'exit' }] },
      'StepTwice',
    ],
    [
      'counts from what is not there',
      {
        path: [
          { id: 'w', kind: 'wait', until: { anchor: { days: -1, hours: 0 } } },
          { id: 'a', kind: 'send', template: 'thinking-of-you' } as never,
        ],
      },
      'AnchorMissing',
    ],
    [
      'is measured by clicks that no mail counts',
      {
        success: { measure: 'clicked', targetPercent: 10 },
        path: [{ id: 'a', kind: 'send', template: 'thinking-of-you', channels: ['in-app'] } as never],
      },
      'ClickNotCounted',
    ],
    ['begins for whom nobody knows', { trigger: { kind: 'begins' } as never, audience: null }, 'AudienceMissing'],
    ['is for a day nobody knows', { trigger: { kind: 'calendar', day: 'no-such-day' } as never }, 'DayUnknown'],
    [
      'chooses by illness on a day of the mind',
      { trigger: { kind: 'calendar', day: 'mental-health' } as never, audience: { condition: { codes: ['F32'] } } },
      'GeneralOnly',
    ],
    [
      'chooses by a scale',
      { audience: { score: { questionnaire: 'phq-9', value: { op: '>=', value: 10 } } } as never },
      'Barred',
    ],
    ['chooses by what nobody declares', { audience: { weakness: { op: '>=' } } as never }, 'ConditionFaulty'],
  ])('that %s is not handed in', async (_name, over, code) => {
    const editor = await house.as('content-editor')
    const made = await editor.call(contract.createCampaign, { body: { definition: aCampaign(over) } })
    const codes = made.faults.map((fault) => fault.code)
    expect(codes).toContain(code)
    const answer = await editor.try(contract.submitCampaign, {
      params: { campaignId: made.id },
      body: { revision: made.revision },
    })
    expect([answer.status, answer.code]).toEqual([422, 'CampaignFaulty'])
  })
})

describe('once, in waves', () => {
  test('everybody whom the condition finds gets one mail, once, however often it is asked', async () => {
    const old = await Promise.all([0, 1, 2].map(() => aPatient(house)))
    const young = await aPatient(house, { birthDate: '2000-01-01' })
    const id = await aRunning(house, aCampaign())
    const asked = { body: { audience: aCampaign().audience } } as never
    const counted = await (await house.as('service-manager')).call(contract.countAudience, asked)
    expect(await (await house.as('content-editor')).call(contract.countAudience, asked)).toMatchObject({
      count: null,
      fewerThan: 5,
    })
    expect(await enter()).toBe(counted.count)
    expect(await enter()).toBe(0)
    expect(await step()).toBe(counted.count)
    expect(await step()).toBe(0)
    const messages = await messagesOf(house, id)
    for (const patient of old)
      expect(
        messages.filter((row) => row.patient_id === patient).map(({ channel, state }) => [channel, state]),
      ).toEqual([
        ['email', 'planned'],
        ['in-app', 'accepted'],
      ])
    expect(messages.some((row) => row.patient_id === young)).toBe(false)
    expect(new Set((await runsOf(house, id)).map(({ state }) => state))).toEqual(new Set(['done']))
    await turn(house.house, house.tenant)
    const shown = await (
      await house.as('quality-lead')
    ).call(contract.readCampaign, { params: { campaignId: id as never } })
    expect(shown.state).toBe('finished')
    expect(shown.messages.reduce((sum, { count }) => sum + count, 0)).toBe(messages.length)
  })

  test('so many an hour', async () => {
    await Promise.all([0, 1, 2].map(() => aPatient(house)))
    const id = await aRunning(house, aCampaign({ trigger: { kind: 'once', perHour: 2 } }))
    const all = await enter()
    expect(await step()).toBe(2)
    house.clock.advance({ minutes: 59 })
    expect(await step()).toBe(0)
    house.clock.advance({ minutes: 1 })
    expect(await step()).toBe(2)
    house.clock.advance({ hours: 200 })
    expect(await step()).toBe(all - 4)
    // What was due days ago is not sent late.
    const late = (await messagesOf(house, id)).length
    expect(late).toBe(8)
  })

  test('two workers at once tell nobody twice', async () => {
    await Promise.all([0, 1].map(() => aPatient(house)))
    const id = await aRunning(house, aCampaign())
    await Promise.all([enter(), enter()])
    const taken = await Promise.all([step(), step(), step()])
    const runs = await runsOf(house, id)
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(runs.length)
    const touches = (await messagesOf(house, id)).map((row) => `${row.patient_id} ${row.touch} ${row.channel}`)
    expect(new Set(touches).size).toBe(touches.length)
  })

  test('a worker that dies between the entry and the steps, or within a step, loses and doubles nothing', async () => {
    await aPatient(house)
    const id = await aRunning(house, aCampaign())
    const all = await enter()
    // The transaction of a step that is broken off leaves nothing behind.
    const broken = { ...house.house, databases: breakingOff(house.house.databases) }
    await expect(stepDue(broken, house.tenant)).rejects.toThrow('gone')
    expect(await messagesOf(house, id)).toEqual([])
    expect(await step()).toBe(all)
    expect((await messagesOf(house, id)).length).toBe(all * 2)
  })
})

/** The same databases, in which every transaction breaks off just before its commit. */
function breakingOff(databases: typeof house.house.databases): typeof databases {
  return {
    ...databases,
    of: (id) => {
      const real = databases.of(id)
      return new Proxy(real, {
        get(target, key) {
          const value = Reflect.get(target, key, target) as unknown
          if (key !== 'transaction') return typeof value === 'function' ? (value as () => unknown).bind(target) : value
          return () => ({
            execute: async (use: (tx: unknown) => Promise<unknown>) =>
              target.transaction().execute(async (tx) => {
                await use(tx)
                throw new Error('the connection is gone')
              }),
          })
        },
      })
    },
  } as typeof databases
}

describe('control', () => {
  test('pause holds, resume lets go, cancel withdraws, and the counts add up whatever is done in whatever order', async () => {
    await Promise.all(Array.from({ length: 6 }, () => aPatient(house)))
    let seed = 7
    const chance = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
    for (let round = 0; round < 3; round++) {
      const id = await aRunning(house, aCampaign({ trigger: { kind: 'once', perHour: 4 } }))
      const all = await enter()
      let paused = false
      for (let n = 0; n < 12; n++) {
        if (chance(3) === 0) {
          const touched = await act(house, id, paused ? 'resume' : 'pause')
          paused = !paused
          const planned = (await messagesOf(house, id)).filter(({ state }) => state === 'planned')
          expect(touched.messages).toBe(planned.length)
          if (paused)
            expect(
              planned.every(
                ({ reason, next_at, not_after }) =>
                  reason === 'campaign-paused' && next_at!.getTime() === not_after!.getTime(),
              ),
            ).toBe(true)
        }
        house.clock.advance({ minutes: 30 })
        const taken = await step()
        if (paused) expect(taken).toBe(0)
        const runs = await runsOf(house, id)
        expect(runs.length).toBe(all)
        const done = runs.filter(({ state }) => state === 'done')
        // Each person who has had their turn has one mail and one entry in the message centre, or was left out as too late.
        const steps = await db
          .selectFrom('journey_step')
          .selectAll()
          .where(
            'run_id',
            'in',
            runs.map((run) => run.id),
          )
          .execute()
        expect(steps.length).toBe(done.length)
        expect((await messagesOf(house, id)).length).toBe(
          2 * steps.filter(({ outcome }) => outcome === 'planned').length,
        )
      }
      const before = (await messagesOf(house, id)).filter(({ state }) => state === 'planned').length
      const touched = await act(house, id, 'cancel')
      const runs = await runsOf(house, id)
      expect(touched).toMatchObject({
        state: 'cancelled',
        messages: before,
        people: runs.filter(({ state }) => state === 'cancelled').length,
      })
      expect(runs.filter(({ state }) => state === 'waiting')).toEqual([])
      const answer = await (
        await house.as('quality-lead')
      ).try(contract.controlCampaign, { params: { campaignId: id as never }, body: { act: 'resume' } })
      expect(answer.code).toBe('CampaignOver')
    }
  })

  test('nothing leaves the house while it is paused, and what was paused beyond its deadline never does', async () => {
    const patient = await aPatient(house)
    const id = await aRunning(house, aCampaign())
    await enter()
    await step()
    await act(house, id, 'pause')
    house.clock.advance({ hours: 2 })
    await sendDue(house.house, house.tenant)
    expect(
      (await messagesOf(house, id)).filter((row) => row.patient_id === patient && row.channel === 'email'),
    ).toMatchObject([{ state: 'planned' }])
    house.clock.advance({ hours: 30 })
    await sendDue(house.house, house.tenant)
    expect(
      (await messagesOf(house, id)).filter((row) => row.patient_id === patient && row.channel === 'email'),
    ).toMatchObject([{ state: 'expired', reason: 'too-late' }])
  })

  test('an engine that was away pauses, and a person decides what becomes of the gap', async () => {
    // People of their own: whoever comes first must be somebody who may be written to.
    for (let n = 0; n < 3; n++) await aPatient(house, { birthDate: '1930-01-01' })
    await watch(house.house, house.tenant)
    const audience = { age: { op: '>=', years: 95 } } as const
    const id = await aRunning(house, aCampaign({ audience, trigger: { kind: 'once', perHour: 1 } }))
    const all = await enter()
    await step()
    expect(await watch(house.house, house.tenant)).toBe(0)
    // A database of yesterday, or a machine that stood still: the clock says the same of both.
    house.clock.advance({ hours: 24 })
    await turn(house.house, house.tenant)
    const lead = await house.as('quality-lead')
    const shown = await lead.call(contract.readCampaign, { params: { campaignId: id as never } })
    expect(shown).toMatchObject({ state: 'paused', awaySince: new Date(TEST_NOW).toISOString() })
    expect((await messagesOf(house, id)).length).toBe(2)
    await act(house, id, 'resume')
    const runs = await runsOf(house, id)
    expect(runs.filter(({ reason }) => reason === 'left-out').length).toBe(Math.min(all - 1, 24))
    expect((await messagesOf(house, id)).filter(({ channel }) => channel === 'email')).toMatchObject([
      { state: 'cancelled' },
    ])
  })

  test('another database than the one it looked from is a restored one', async () => {
    await watch(house.house, house.tenant)
    const id = await aRunning(house, aCampaign())
    await db.updateTable('journey_watch').set({ place: 'elsewhere/1' }).execute()
    await turn(house.house, house.tenant)
    expect(await runsOf(house, id)).toEqual([])
    expect(await db.selectFrom('campaign').select('state').where('id', '=', id).executeTakeFirst()).toEqual({
      state: 'paused',
    })
    await act(house, id, 'resume')
    await turn(house.house, house.tenant)
    // Whoever would all have entered may have been written to already.
    expect(await runsOf(house, id)).toEqual([])
  })
})

describe('who may', () => {
  test.each<
    [string, 'content-editor' | 'medical-reviewer' | 'quality-lead' | 'service-manager' | 'front-desk', number[]]
  >([
    ['writes and runs', 'content-editor', [200, 403, 200, 403]],
    ['approves', 'medical-reviewer', [403, 409, 403, 403]],
    ['runs', 'quality-lead', [403, 403, 200, 403]],
    ['sees their own people', 'service-manager', [403, 403, 403, 200]],
    ['does none of it', 'front-desk', [403, 403, 403, 403]],
  ])('%s: %s', async (_name, role, statuses) => {
    const id = await anApproved(house, aCampaign())
    const who = await house.as(role)
    const params = { campaignId: id as never }
    const answers = [
      await who.try(contract.createCampaign, { body: { definition: aCampaign() } }),
      await who.try(contract.decideCampaign, { params, body: { revision: 1, approve: true } }),
      await who.try(contract.controlCampaign, { params, body: { act: 'start' } }),
      await who.try(outcome.listPeople, { params }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(statuses)
  })

  test('people are seen by whoever looks after them, and control leaves a trace', async () => {
    const manager = await house.as('service-manager')
    const mine = await aPatient(house)
    const other = await aPatient(house)
    await db.updateTable('patient').set({ manager_id: manager.staffId }).where('id', '=', mine).execute()
    const id = await aRunning(house, aCampaign())
    await enter()
    await step()
    const params = { campaignId: id as never }
    const { rows } = await manager.call(outcome.listPeople, { params })
    expect(rows.map(({ patientId, messages }) => [patientId, messages.length])).toEqual([[mine, 2]])
    const preview = await manager.call(outcome.previewAsPerson, {
      params,
      body: { patientId: mine as never, step: 'mail' },
    })
    expect(preview).toMatchObject({ inAudience: true, verdict: 'send' })
    expect(preview.text.length).toBeGreaterThan(20)
    expect(
      (await manager.try(outcome.previewAsPerson, { params, body: { patientId: other as never, step: 'mail' } }))
        .status,
    ).toBe(404)
    const trail = await db
      .selectFrom('audit_entry')
      .select(['action', 'subject_id'])
      .where('action', 'like', 'campaign.%')
      .where('subject_id', '=', id)
      .execute()
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'campaign.submit',
        'campaign.decide',
        'campaign.control',
        'campaign.people',
        'campaign.preview',
      ]),
    )
  })

  test('two organizations know nothing of each other', async () => {
    const theirs = await house.anOrganization()
    await house.write(
      (ctx) => registerPatient(ctx, { name: '外院老人', birthDate: '1940-01-01', phone: '13900000001' }),
      theirs,
    )
    const id = await aRunning(house, aCampaign(), theirs)
    expect(await enterDue(house.house, theirs)).toBe(1)
    expect(await enter()).toBe(0)
    const ours = await house.as('quality-lead')
    expect((await ours.try(contract.readCampaign, { params: { campaignId: id as never } })).status).toBe(404)
    expect(
      (await ours.try(contract.controlCampaign, { params: { campaignId: id as never }, body: { act: 'cancel' } }))
        .status,
    ).toBe(404)
    expect((await ours.call(contract.listCampaigns)).rows.map((row) => row.id as string)).not.toContain(id)
  })
})
