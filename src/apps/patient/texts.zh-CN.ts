import { byRoom } from '../staff/texts.ts'

// Rooms with pages for patients; a new one is named here.
export const texts = byRoom(
  import.meta.glob<object>(['../../rooms/questionnaire/locales/zh-CN.json', '../../platform/web/locales/zh-CN.json'], {
    eager: true,
    import: 'default',
  }),
)
