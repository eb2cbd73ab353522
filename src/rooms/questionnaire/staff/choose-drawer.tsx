import { Select } from 'antd'
import {
  DraftForm,
  Field,
  Loading,
  ProblemAlert,
  SideDrawer,
  useApi,
  useCan,
  useGo,
  useT,
} from '../../../platform/web/index.ts'
import { listDefinitions } from '../contract/questionnaire.ts'
import { useWords } from './response-row.tsx'

/** 代填: which questionnaire is to be asked. */
export function ChooseDrawer({ patientId, open, onClose }: { patientId: string; open: boolean; onClose: () => void }) {
  const t = useT('questionnaire')
  const inWords = useWords()
  const go = useGo()
  const asksOfMind = useCan('questionnaire.answers-mental')
  const { data, error, refetch } = useApi(listDefinitions, {}, { enabled: open })
  return (
    <SideDrawer title={t('interview.title')} open={open} onClose={onClose} widthPx={420}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={3} />}
      {data && (
        <DraftForm<{ code: string }>
          name={`questionnaire-interview-${patientId}`}
          keepDraft={false}
          submit={t('interview.begin')}
          onSubmit={async ({ code }) => go(`/questionnaire-interviews/${patientId}?code=${code}`)}
          onCancel={onClose}
        >
          <Field name="code" label={t('invite.which')} required>
            <Select
              showSearch
              listHeight={420}
              optionFilterProp="label"
              options={data.rows
                .filter(({ state, sensitivity }) => state === 'active' && (asksOfMind || sensitivity === 'ordinary'))
                .map(({ code, title, questions }) => ({
                  value: code,
                  label: `${inWords(title)} · ${t('fill.questions', { count: questions })}`,
                }))}
            />
          </Field>
        </DraftForm>
      )}
    </SideDrawer>
  )
}
