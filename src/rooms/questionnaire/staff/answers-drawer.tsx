import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import {
  answersAt,
  answerWords,
  changesBetween,
  fromResponse,
  read,
  shownPlaces,
  textAt,
  type QuestionnaireResponse,
  type State,
} from '../../../clinical/questionnaire/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import {
  Card,
  Facts,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useApi,
  useCan,
  useGo,
  useLocale,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { readResponse } from '../contract/questionnaire.ts'
import { ChangeList } from './interview/change-list.tsx'
import { PrintAnswers } from './print-form.tsx'
import { useWords } from './response-row.tsx'
import { ScoreCards } from './score-cards.tsx'

type Answers = OutputOf<typeof readResponse>

/** The questions as they were asked, with the answers; of a correction, what it changed and why. */
export function AnswersDrawer({
  patientId,
  responseId,
  onClose,
}: {
  patientId: string
  responseId: string | undefined
  onClose: () => void
}) {
  const inWords = useWords()
  const params = { patientId: patientId as never, responseId: responseId as never }
  const { data, error, refetch } = useApi(readResponse, { params }, { enabled: responseId !== undefined, keep: false })
  return (
    <SideDrawer title={data && inWords(data.title)} open={responseId !== undefined} onClose={onClose}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={6} />}
      {data && <TheAnswers patientId={patientId} data={data} />}
    </SideDrawer>
  )
}

function TheAnswers({ patientId, data }: { patientId: string; data: Answers }) {
  const t = useT('questionnaire')
  const go = useGo()
  const state = useAnswers(data)
  const mayCorrect = useCan('questionnaire.interview') && !data.supersededBy
  const yesNo = [t('fill.yes'), t('fill.no')] as const
  const rows = shownPlaces(state).flatMap((place): [string, string][] =>
    answersAt(state, place.key).length === 0 ? [] : [[textAt(state, place), answerWords(state, place, yesNo)]],
  )
  return (
    <Stack>
      <ScoreCards scores={data.scores} />
      {data.corrects && <Corrected patientId={patientId} data={data} state={state} />}
      <Facts items={rows} />
      <Row>
        <PrintAnswers patientId={patientId} responseId={data.id} />
        {mayCorrect && (
          <Button
            icon={<EditOutlined />}
            onClick={() => go(`/questionnaire-interviews/${patientId}?code=${data.code}&corrects=${data.id}`)}
          >
            {t('correction.open')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}

/** What a correction changed, and why. */
function Corrected({ patientId, data, state }: { patientId: string; data: Answers; state: State }) {
  const t = useT('questionnaire')
  const params = { patientId: patientId as never, responseId: data.corrects! }
  const former = useApi(readResponse, { params })
  return (
    <Card title={t('response.corrected')}>
      <Stack tight>
        <span>{t('response.because', { reason: data.because })}</span>
        {former.data && <Differences former={former.data} state={state} />}
      </Stack>
    </Card>
  )
}

function Differences({ former, state }: { former: Answers; state: State }) {
  const t = useT('questionnaire')
  return <ChangeList changes={changesBetween(useAnswers(former), state, [t('fill.yes'), t('fill.no')])} />
}

function useAnswers(data: Answers): State {
  const today = useToday()
  const language = useLocale()
  const { form } = read(data.definition)
  return fromResponse(form, data.response as unknown as QuestionnaireResponse, { known: { today }, language })
}
