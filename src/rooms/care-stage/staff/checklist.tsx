import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { InstantText, Stack, Status, useAction, useLocale, useSay, useT } from '../../../platform/web/index.ts'
import { readStages, tickStage, type StageItem } from '../contract/care-stage.ts'

/**
 * What a good colleague does in this stage. A tick is taken back by the same box; what the record itself tells, and what
 * the reader may only look at, has a mark in full colour and no box that cannot be used.
 */
export function Checklist({
  patientId,
  stageId,
  items,
  canWrite,
}: {
  patientId: string
  stageId: string
  items: readonly StageItem[]
  canWrite: boolean
}) {
  const t = useT('care-stage')
  const say = useSay()
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const tick = useAction(tickStage, { invalidates: [readStages] })
  const set = (item: StageItem, done: boolean) =>
    tick.mutate(
      {
        params: { patientId: patientId as never, patientStageId: stageId as never },
        body: { item: item.code, done, note: item.note },
      },
      { onError: say.problem },
    )
  return (
    <Stack tight>
      {items.map((item) => (
        <div key={item.code}>
          {canWrite && !item.seen ? (
            <Checkbox
              checked={item.done}
              disabled={tick.isPending}
              onChange={(event) => set(item, event.target.checked)}
            >
              {item.text[language]}
            </Checkbox>
          ) : (
            <Mark done={item.done} text={item.text[language]} />
          )}
          {item.must && !item.done && <Status tone="due">{t('tab.must')}</Status>}
          {item.seen && <span className="pb-hint"> {t(item.done ? 'tab.seenDone' : 'tab.seenOpen')}</span>}
          {item.done && item.at && (
            <span className="pb-hint">
              {' '}
              {item.by} <InstantText at={item.at} />
            </span>
          )}
        </div>
      ))}
    </Stack>
  )
}

/** Stands as far from its words as a box does. */
const BESIDE = { fontSize: 16, marginInlineEnd: 8 }

function Mark({ done, text }: { done: boolean; text: string }) {
  const t = useT('care-stage')
  return (
    <span style={{ marginInlineEnd: 8 }}>
      {done ? (
        <CheckCircleFilled className="pb-tone-good" style={BESIDE} aria-label={t('tab.isDone')} />
      ) : (
        <ClockCircleOutlined className="pb-hint" style={BESIDE} aria-label={t('tab.isOpen')} />
      )}
      {text}
    </span>
  )
}
