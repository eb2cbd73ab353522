import { byRoom } from './texts.ts'

export const texts = byRoom(
  import.meta.glob<object>(['../../rooms/*/locales/zh-CN.json', '../../platform/web/locales/zh-CN.json'], { eager: true, import: 'default' }),
)
