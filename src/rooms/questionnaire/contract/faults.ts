import { open, type Problem, type Reading } from '../../../clinical/questionnaire/index.ts'

/** What keeps a definition from being published, as the desk names it and the server refuses it. */
export type DefinitionFault =
  | Problem
  /** A choice whose options lie in a value set that is not in the file: nobody could answer it. */
  | { code: 'not-embedded'; linkId: string; valueSet: string }
  /** Rules over "all answers" that chase one another without end. */
  | { code: 'unsettled'; linkId: string }
  | { code: 'no-questions' }

export function faultsInDefinition(reading: Reading, today: string): DefinitionFault[] {
  const { form, problems, toEmbed } = reading
  const asked = [...form.byLinkId.values()].some(({ type }) => type !== 'group' && type !== 'display')
  return [
    ...problems,
    ...toEmbed.map((one) => ({ code: 'not-embedded' as const, ...one })),
    ...open(form, { known: { today } }).unsettled.map((linkId) => ({ code: 'unsettled' as const, linkId })),
    ...(asked ? [] : [{ code: 'no-questions' as const }]),
  ]
}
