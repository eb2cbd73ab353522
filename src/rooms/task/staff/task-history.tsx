import { Timeline } from 'antd'
import type { z } from 'zod'
import { InstantText, useT, type T } from '../../../platform/web/index.ts'
import type { taskEvent } from '../contract/words.ts'
import { reasonWords } from './words.ts'

type Event = z.output<typeof taskEvent>

/** Who did what with a task, when and why; newest first. */
export function TaskHistory({ events }: { events: readonly Event[] }) {
  const t = useT('task')
  return (
    <section aria-label={t('history.title')}>
      <h3 style={{ marginBottom: 12 }}>{t('history.title')}</h3>
      <Timeline
        items={events.toReversed().map((event) => ({
          key: event.version,
          content: (
            <>
              <div>{sentence(t, event)}</div>
              {reasonWords(t, event) && <div>{t('history.because', { reason: reasonWords(t, event) })}</div>}
              <div className="pb-hint">
                <InstantText at={event.at} />
              </div>
            </>
          ),
        }))}
      />
    </section>
  )
}

/** 李素珍转交给王海燕 */
function sentence(t: T, event: Event): string {
  const by = event.byName || t('house')
  const to = event.toOwnerName ?? ''
  if (event.kind === 'created') return t(to ? 'history.createdFor' : 'history.created', { by, to })
  if (event.kind === 'handed-over') return t(to ? 'history.handedOver' : 'history.toPool', { by, from: event.fromOwnerName ?? t('history.pool'), to })
  return t(`history.${event.kind}`, { by, to })
}
