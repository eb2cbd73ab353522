import { Button } from 'antd'
import {
  Card,
  FilterBar,
  Page,
  useAddress,
  useApiPages,
  useCan,
  useGo,
  useT,
  type FilterField,
} from '../../../platform/web/index.ts'
import { listRecordings } from '../contract/listen.ts'
import { CLASSES } from '../contract/words.ts'
import { RecordingList, recordingFilter } from './recording-list.tsx'

/** 通话录音: those of the own customers; for the quality lead those of the house. */
export function RecordingsPage() {
  const t = useT('recording')
  const go = useGo()
  const [state, change] = useAddress(recordingFilter)
  const maySet = useCan('recording.rule.write')
  const rows = useApiPages(listRecordings, { query: { limit: 50, class: state.class } } as never)
  const options = CLASSES.map((value) => ({ value, label: t(`class.${value}`) }))
  const fields: FilterField[] = [{ kind: 'choice', key: 'class', label: t('list.class'), options }]
  return (
    <Page
      title={t('list.title')}
      hint={t(maySet ? 'list.hintAll' : 'list.hint')}
      actions={maySet && <Button onClick={() => go('/recording-settings')}>{t('settings.title')}</Button>}
    >
      <Card flush>
        <RecordingList
          rows={rows}
          toolbar={<FilterBar fields={fields} state={state} change={change} />}
          isFiltered={state.class !== undefined}
        />
      </Card>
    </Page>
  )
}
