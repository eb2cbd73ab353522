import {
  answersAt,
  fromResponse,
  inLanguage,
  optionsAt,
  read,
  shownPlaces,
  textAt,
  type Coding,
  type Quantity,
  type QuestionnaireResponse,
  type State,
  type Value,
} from '../../../clinical/questionnaire/index.ts'
import {
  Facts,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useApi,
  useLocale,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { readResponse } from '../contract/questionnaire.ts'
import { ScoreCards } from './score-cards.tsx'
import { useWords } from './response-row.tsx'

/** The questions as they were asked, with the answers. */
export function AnswersDrawer({
  patientId,
  responseId,
  onClose,
}: {
  patientId: string
  responseId: string | undefined
  onClose: () => void
}) {
  const t = useT('questionnaire')
  const inWords = useWords()
  const locale = useLocale()
  const today = useToday()
  const params = { patientId: patientId as never, responseId: responseId as never }
  const { data, error, refetch } = useApi(readResponse, { params }, { enabled: responseId !== undefined, keep: false })
  const rows = data && answersOf(data, today, locale, (yes) => t(yes ? 'fill.yes' : 'fill.no'))
  return (
    <SideDrawer title={data && inWords(data.title)} open={responseId !== undefined} onClose={onClose}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={6} />}
      {data && rows && (
        <Stack>
          <ScoreCards scores={data.scores} />
          {data.because && <p>{t('response.because', { reason: data.because })}</p>}
          <Facts items={rows} />
        </Stack>
      )}
    </SideDrawer>
  )
}

function answersOf(
  data: { definition: unknown; response: unknown },
  today: string,
  locale: string,
  yesNo: (yes: boolean) => string,
): [string, string][] {
  const { form } = read(data.definition)
  const state = fromResponse(form, data.response as QuestionnaireResponse, { known: { today }, language: locale })
  return shownPlaces(state).flatMap((place): [string, string][] => {
    const values = answersAt(state, place.key)
    if (values.length === 0) return []
    return [[textAt(state, place), values.map((value) => wordOf(state, place, value, yesNo)).join('、')]]
  })
}

function wordOf(state: State, place: State['places'][number], value: Value, yesNo: (yes: boolean) => string): string {
  if (typeof value === 'boolean') return yesNo(value)
  if (typeof value !== 'object') return String(value)
  const coding = value as Coding
  const option = optionsAt(state, place).find(
    (one) =>
      typeof one.value === 'object' &&
      (one.value as Coding).code === coding.code &&
      (one.value as Coding).system === coding.system,
  )
  if (option) return inLanguage(option.text, state.language)
  const quantity = value as Quantity
  return quantity.value === undefined
    ? (coding.display ?? coding.code ?? '')
    : `${quantity.value} ${quantity.unit ?? ''}`
}
