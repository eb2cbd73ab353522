import beginnings from '../../content/beginnings.json' with { type: 'json' }
import { protocolDefinition, type ProtocolDefinition } from '../../contract/protocol.ts'

/** A pathway as it begins: one step, as the engine needs one, to be made into what is wanted. */
export function emptyPathway(code: string, name: { zh: string; en: string }): ProtocolDefinition {
  return protocolDefinition.parse({
    code,
    name,
    goal: { zh: '', en: '' },
    population: { zh: '', en: '' },
    entry: { hand: true },
    anchor: 'enrolment',
    steps: [
      {
        code: 'call',
        name: beginnings.first,
        track: 'call',
        kind: 'call',
        first: { days: 7 },
        window: { before: { days: 0 }, after: { days: 7 } },
        way: 'phone',
        owner: 'manager',
      },
    ],
    source: beginnings.source,
    licence: beginnings.licence,
  })
}
