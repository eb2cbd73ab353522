import { createContext, useContext } from 'react'
import type { Form, Questionnaire, QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import type { DefinitionFault } from '../../contract/faults.ts'
import type { Language } from './bilingual.ts'
import type { Draft } from './draft.ts'
import type { Words } from '../../contract/question-words.ts'
import type { Edit } from '../../../../platform/web/index.ts'

/** What every part of the designer works with. */
export interface Designing {
  code: string
  draft: Draft
  definition: Questionnaire
  /** The definition as the engine reads it; a moment behind while one types quickly. */
  form: Form
  faults: readonly DefinitionFault[]
  numbers: ReadonlyMap<string, number>
  words: Words
  base: Language
  edit: Edit<Draft>
  /** `key` joins edits of one field into one step back. */
  editDefinition: Edit<Questionnaire>
  editItem: (linkId: string, change: (item: QuestionnaireItem) => QuestionnaireItem, key?: string) => void
  selected: string | undefined
  select: (linkId: string | undefined) => void
}

export const DesignContext = createContext<Designing | undefined>(undefined)

export function useDesign(): Designing {
  const design = useContext(DesignContext)
  if (!design) throw new Error('not within the designer')
  return design
}
