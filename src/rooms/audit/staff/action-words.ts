import type { T } from '../../../platform/web/index.ts'

/**
 * What the log calls `patient.open`, for people: 客户：打开. Rooms add actions freely; a word that has no text here is
 * shown as it stands.
 */
export function actionWords(t: T, action: string): string {
  const [noun = '', verb] = action.split('.')
  const word = (kind: 'noun' | 'verb', text: string) => {
    const key = `${kind}.${text}`
    const found = t(key)
    return found === key ? text : found
  }
  return verb ? t('action', { noun: word('noun', noun), verb: word('verb', verb) }) : word('noun', noun)
}
