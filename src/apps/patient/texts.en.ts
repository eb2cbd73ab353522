import { byRoom } from '../staff/texts.ts'

// Of each room only what patients read is kept: see `onlyForPatients` in vite.config.ts.
export const texts = byRoom(
  import.meta.glob<object>(['../../rooms/*/locales/en.json', '../../platform/web/locales/en.json'], {
    eager: true,
    import: 'default',
  }),
)
