import { evaluateDue } from '../agenda/server/index.ts'
import type { TestHouse } from '../../../test/house.ts'
import { protocolDefinition, type ProtocolDefinition } from './contract/protocol.ts'
import { layPackedProtocol } from './server/index.ts'

/** What the tests of pathways stand on: a definition with as little as needed, published. */
export const words = { zh: '每周通话', en: 'A call every week' }
const about = { title: words, text: { zh: '我们给您打个电话，问问近况。', en: 'We call you and ask how you are.' } }

export const aStep = (over: object = {}): object => ({
  code: 'call',
  name: words,
  track: 'call',
  kind: 'call',
  first: { days: 7 },
  after: { days: 7 },
  next: 'call',
  window: { before: { days: 0 }, after: { days: 2 } },
  way: 'phone',
  owner: 'manager',
  forPatient: about,
  ...over,
})

export function aPathway(over: object = {}, steps: object[] = [aStep()]): ProtocolDefinition {
  return protocolDefinition.parse({
    code: 'weekly',
    name: words,
    goal: words,
    population: words,
    entry: { hand: true },
    anchor: 'enrolment',
    steps,
    source: 'test',
    licence: 'test',
    ...over,
  })
}

/** Publishes it, as the pack of a specialty does. */
export const publish = (house: TestHouse, definition: ProtocolDefinition): Promise<number> =>
  house.write((ctx) => layPackedProtocol(ctx, definition, true))

/** Lets hours pass and looks at what is due then. */
export async function passHours(
  house: TestHouse,
  hours: number,
  steps: Parameters<typeof evaluateDue>[2],
): Promise<void> {
  house.clock.advance({ hours })
  while ((await evaluateDue(house.house, house.tenant, steps)) > 0);
}
