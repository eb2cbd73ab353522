import { byRoom } from './texts.ts'

export const texts = byRoom(
  import.meta.glob<object>(['../../rooms/*/locales/en.json', '../../platform/web/locales/en.json'], { eager: true, import: 'default' }),
)
