import { bringEnglish } from '../../platform/web/index.ts'
import { byRoom } from './texts.ts'

export const texts = byRoom(
  import.meta.glob<object>(['../../rooms/*/locales/en.json', '../../platform/web/locales/en.json'], { eager: true, import: 'default' }),
)

bringEnglish(
  Object.values(import.meta.glob<Record<string, string>>('../../rooms/*/content/in-english.json', { eager: true, import: 'default' })),
)
