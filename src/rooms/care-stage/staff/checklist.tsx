import { Checkbox } from 'antd'
import { InstantText, Stack, Status, useAction, useLocale, useSay, useT } from '../../../platform/web/index.ts'
import { readStages, tickStage, type StageItem } from '../contract/care-stage.ts'

/** What a good colleague does in this stage. A tick is taken back by the same box. */
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
          <Checkbox
            checked={item.done}
            disabled={!canWrite || item.seen || tick.isPending}
            onChange={(event) => set(item, event.target.checked)}
          >
            {item.text[language]}
          </Checkbox>
          {item.must && !item.done && <Status tone="due">{t('tab.must')}</Status>}
          {item.seen && <span className="pb-hint"> {t('tab.seen')}</span>}
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
