import { createTypesetter } from '../../../../platform/print/typesetter.ts'
import { printable } from '../../../../platform/print/printable-text.ts'
import type { FormDocument, PrintedForm } from './form-document.ts'

const typeset = createTypesetter(new URL('../../content/form-1/', import.meta.url), 'form.typ')

/** Draws a questionnaire as PDF/A-2b, in this process: servers use `formPrinter`. The same document, the same bytes. */
export async function draw(document: FormDocument): Promise<PrintedForm> {
  const missing = new Set<string>()
  const { organization, ...texts } = document
  const { logoSvg, ...house } = organization
  const plain = printable({ ...texts, organization: house }, missing)
  // A drawing is no prose: its bytes stay as they are.
  const form = { ...plain, organization: { ...plain.organization, logoSvg }, hasStandIns: missing.size > 0 }
  return typeset({ form: JSON.stringify(form) })
}
