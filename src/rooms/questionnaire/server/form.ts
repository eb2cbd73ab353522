import {
  fromResponse,
  inLanguage,
  open,
  read,
  toResponse,
  validate,
  type Form,
  type Known,
  type QuestionnaireResponse,
  type Reading,
  type State,
} from '../../../clinical/questionnaire/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'

/** Published versions never change, so what was read of them is kept: reading a long form takes milliseconds. */
const published = new Map<string, Form>()
const KEPT = 200

export function readDefinition(definition: unknown): Reading {
  return read(definition)
}

/** @param key of the published version: organization, code and version */
export function publishedForm(key: string, definition: unknown): Form {
  let form = published.get(key)
  if (!form) {
    if (published.size >= KEPT) published.delete(published.keys().next().value!)
    published.set(key, (form = read(definition).form))
  }
  return form
}

export function titleOf(form: Form, code: string): Bilingual {
  return { zh: inLanguage(form.title, 'zh-CN') || code, en: inLanguage(form.title, 'en') || code }
}

export function countQuestions(form: Form): number {
  return [...form.byLinkId.values()].filter(({ type, hidden }) => type !== 'group' && type !== 'display' && !hidden)
    .length
}

export function resume(form: Form, response: unknown, known: Known): State {
  return response ? fromResponse(form, response as QuestionnaireResponse, { known }) : open(form, { known })
}

/** What keeps these answers from being handed in, as link ids; warnings do not. */
export function faultsOf(state: State): string[] {
  return validate(state).flatMap(({ severity, key }) => (severity === 'error' ? [key] : []))
}

/** What is kept: only what was asked, as the form's rules stand at the end. */
export function finishedResponse(state: State, authored: Date): Record<string, unknown> {
  return { ...toResponse(state, { status: 'completed', authored: authored.toISOString() }) }
}
