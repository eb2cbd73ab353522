import type { Form, Unsupported } from '../../../../clinical/questionnaire/index.ts'
import type { DefinitionFault } from '../../contract/faults.ts'
import { questionName, type Words } from '../../contract/question-words.ts'

/** What keeps it from being published, as one sentence, and the question it is about. */
export function faultWords(fault: DefinitionFault, form: Form, words: Words): { text: string; linkId?: string } {
  const { t } = words
  const name = (linkId: string) => questionName(form, linkId, words)
  switch (fault.code) {
    case 'not-a-questionnaire':
    case 'no-questions':
      return { text: t(`design.fault.${fault.code}`) }
    case 'no-link-id':
      return { text: t('design.fault.no-link-id', { path: fault.path }) }
    case 'duplicate-link-id':
      return { text: t('design.fault.duplicate-link-id', { id: fault.linkId, path: fault.path }), linkId: fault.linkId }
    case 'unknown-question':
      return {
        text: t('design.fault.unknown-question', { question: name(fault.linkId), id: fault.question }),
        linkId: fault.linkId,
      }
    case 'unknown-variable':
      return {
        text: t('design.fault.unknown-variable', {
          question: fault.linkId ? name(fault.linkId) : t('design.fault.whole'),
          variable: fault.variable,
        }),
        linkId: fault.linkId,
      }
    case 'cycle':
      return {
        text: t('design.fault.cycle', { questions: fault.linkIds.map(name).join(' → ') }),
        linkId: fault.linkIds[0],
      }
    case 'unsettled':
      return { text: t('design.fault.unsettled', { question: name(fault.linkId) }), linkId: fault.linkId }
    case 'not-embedded':
      return {
        text: t('design.fault.not-embedded', { question: name(fault.linkId), set: fault.valueSet }),
        linkId: fault.linkId,
      }
    case 'bad-scoring':
      return { text: t('design.fault.bad-scoring', { reason: scoringReason(fault.reason, form, words) }) }
  }
}

/** The engine names what is wrong in a scoring block shortly, in English; the usual ones are said in words. */
function scoringReason(reason: string, form: Form, words: Words): string {
  const [, at = '', item] = /^(?:rule )?(.*?): no item (.+)$/.exec(reason) ?? []
  if (item) return words.t('design.fault.scoring.item', { score: at, question: questionName(form, item, words) })
  const [, score] = /^(.*?): no items$/.exec(reason) ?? []
  if (score) return words.t('design.fault.scoring.empty', { score })
  const [, where] = /^(.*(?:text|name)\.(?:zh|en)): a text is wanted$/.exec(reason) ?? []
  if (where) return words.t('design.fault.scoring.words', { path: where })
  return reason
}

/** What this engine does not do of a file: where it stands, and what it is. */
export const unsupportedWords = ({ path, what }: Unsupported): string => (path ? `${path}: ${what}` : what)
