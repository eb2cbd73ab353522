import { useTimeZone } from '../../../platform/web/index.ts'

/** An instant to the second: in a log the order within a minute matters. */
export function ExactTime({ at }: { at: string }) {
  const timeZone = useTimeZone()
  // Sweden writes dates as ISO does.
  const words = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(new Date(at))
  return (
    <time dateTime={at} className="pb-nowrap pb-number">
      {words}
    </time>
  )
}
