import { language } from '../../../../platform/web/index.ts'
import { protocolDefinition, type ProtocolDefinition } from '../../contract/protocol.ts'

/** A pathway as it begins: one step, as the engine needs one, to be made into what is wanted. */
export function emptyPathway(code: string, name: { zh: string; en: string }): ProtocolDefinition {
  const word = (key: string) => ({
    zh: language.textIn('zh-CN', 'follow-up', key),
    en: language.textIn('en', 'follow-up', key),
  })
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
        name: word('design.new.first'),
        track: 'call',
        kind: 'call',
        first: { days: 7 },
        window: { before: { days: 0 }, after: { days: 7 } },
        way: 'phone',
        owner: 'manager',
      },
    ],
    source: language.textIn('zh-CN', 'follow-up', 'design.new.source'),
    licence: language.textIn('zh-CN', 'follow-up', 'design.new.licence'),
  })
}
