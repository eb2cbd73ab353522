import { evaluateDue, wake, type CareStep } from '../../src/rooms/agenda/server/index.ts'
import { campaignStep, enterDue, stepDue } from '../../src/rooms/campaign/server/index.ts'
import { aCampaign, act, anApproved } from '../../src/rooms/campaign/sample-campaign.ts'
import { sendByHand } from '../../src/rooms/message/contract/message.ts'
import { messageStep, sendMessages } from '../../src/rooms/message/server/index.ts'
import { aSegment } from '../../src/rooms/segment/sample-clinic.ts'
import { segmentStep } from '../../src/rooms/segment/server/index.ts'
import type { TagDefinition } from '../../src/rooms/tag/contract/rule.ts'
import { CODE, COMPARED, type Somebody, type World } from './world.ts'

/**
 * The ways in which a message can be asked for. What is not among them, and why:
 * - a worklist sends nothing: it is worked through person by person (by hand) or made into tasks; many at once are written to
 *   over a segment, which is the list here;
 * - a key for other programs hands reports and recordings in and reads nothing: no endpoint that sends takes one, which
 *   `gate-matrix.test.ts` tries on each of them. The interface that sends is `POST /api/patients/:id/messages`, the one the
 *   pages use ('a hand'), and the door by which fourteen rooms speak ('the door').
 */
export interface Way {
  /** Whose comparison group counts, known before anybody is asked for. */
  campaign: string
  ask(people: readonly Somebody[]): Promise<void>
}

let count = 0

export const WAYS: Record<string, (world: World, code: string) => Promise<Way>> = {
  /** 群发 to a segment (人群): everybody in it when it is started. */
  'a list': async (world, code) => {
    const { house, tenant } = world
    const tag = await aTag(world)
    const editor = await house.as('content-editor')
    const segment = await aSegment(house, editor, {
      name: { zh: `名单${++count}`, en: '' },
      condition: { tag: { code: tag } } as never,
    })
    const audience = { segment: { segment } } as never
    const campaign = await anApproved(house, aCampaign({ audience, path: [sending(code)] }))
    return {
      campaign,
      async ask(people) {
        for (const { id } of people) await setTag(world, id, tag)
        await evaluate(world, people, [segmentStep])
        await act(house, campaign, 'start')
        await enterDue(house.house, tenant)
        await stepDue(house.house, tenant)
      },
    }
  },

  /** 关怀旅程 that begins when a fact makes its condition true. */
  'a journey': async (world, code) => {
    const { house, tenant } = world
    const tag = await aTag(world)
    const campaign = await anApproved(
      house,
      aCampaign({ audience: { tag: { code: tag } } as never, trigger: { kind: 'begins' }, path: [sending(code)] }),
    )
    return {
      campaign,
      async ask(people) {
        await act(house, campaign, 'start')
        // Whoever meets it already is taken note of, and not written to.
        await enterDue(house.house, tenant)
        for (const { id } of people) await setTag(world, id, tag)
        await evaluate(world, people, [campaignStep])
        await stepDue(house.house, tenant)
      },
    }
  },

  /** A tag's rule that asks for a message (S0-5), by the care step. */
  'a rule': async (world, code) => ({
    campaign: code,
    async ask(people) {
      for (const { id } of people) await setTag(world, id, ASKS[code]!)
      await evaluate(world, people, [messageStep])
    },
  }),

  /** Staff, by the interface of the pages: POST /api/patients/:id/messages. */
  'a hand': async (world, code) => ({
    campaign: code,
    async ask(people) {
      for (const { id } of people)
        await (
          await world.carerOf(id)
        ).call(sendByHand, { params: { patientId: id as never }, body: { template: code } })
    },
  }),

  /** Another room, by the door of the room message: one call for many people. */
  'the door': async (world, code) => ({
    campaign: code,
    ask: (people) =>
      world.house.write(async (ctx) => {
        count += 1
        await sendMessages(
          ctx,
          people.map(({ id }) => ({ patientId: id, template: code, touch: `door:${count}`, source: 'test' })),
        )
      }, world.tenant),
  }),
}

const sending = (template: string) => ({ id: 'word', kind: 'send', template, validHours: 720 }) as never
/** The shipped tags whose rules ask for these templates. */
const ASKS: Record<string, string> = { [CODE]: 'bp-recheck', [COMPARED]: 'dormant' }

/** A tag of its own, so that a list and a journey find nobody of those before. */
async function aTag({ db, house, tenant }: World): Promise<string> {
  const code = `gate-${++count}`
  const name = { zh: `闸口${count}`, en: `Gate ${count}` }
  const definition: Partial<TagDefinition> & Record<string, unknown> = {
    code,
    name,
    group: { code: 'service', name: { zh: '服务状态', en: 'Service' }, exclusive: false },
    rank: 1,
    visibility: 'service',
    explanation: name,
    condition: null,
    then: [],
    source: '测试',
  }
  const at = house.clock.now()
  await db
    .insertInto('tag_rule')
    .values({
      organization_id: tenant.id,
      code,
      version: 1,
      state: 'published',
      definition: JSON.stringify(definition),
      author_id: null,
      created_at: at,
      published_by: null,
      published_at: at,
      retired_at: null,
    })
    .execute()
  return code
}

export async function setTag({ db, house, tenant }: World, patientId: string, code: string): Promise<void> {
  await db
    .insertInto('patient_tag')
    .values({
      organization_id: tenant.id,
      patient_id: patientId,
      tag_code: code,
      source: 'rule',
      state: 'active',
      rule_version: 1,
      facts: '[]',
      set_at: house.clock.now(),
      set_by: null,
      expires_at: null,
      suppressed_at: null,
      suppressed_by: null,
      suppressed_because: null,
    })
    .execute()
}

async function evaluate({ house, tenant }: World, people: readonly Somebody[], steps: readonly CareStep[]) {
  const ids = people.map(({ id }) => id)
  await house.write((ctx) => wake(ctx.tx, ctx.organizationId, ids, 'test', ctx.clock.now()), tenant)
  await evaluateDue(house.house, tenant, steps)
}
