import { checkPlain } from '../../../../clinical/plain-language/index.ts'
import type { Bilingual } from '../../../../platform/contract/index.ts'

/** What people would not understand in a line that they are told; undefined when it is plain. */
export function unplainIn({ zh, en }: Bilingual): string | undefined {
  return [zh, en].flatMap((text) => checkPlain(spoken(text, '8')))[0]?.text
}

/** A line as it is spoken in the name of an organization. */
export function spoken(text: string, organization: string): string {
  return text.replaceAll('{{organization}}', organization)
}
