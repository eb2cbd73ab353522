import { Alert, Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { isKnown, knownPlaces, shownPlaces, validate } from '../../../../clinical/questionnaire/index.ts'
import {
  Card,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useAddress,
  useApi,
  useGo,
  useLocale,
  usePathParam,
  useT,
} from '../../../../platform/web/index.ts'
import { getPatient } from '../../../patient/contract/patient.ts'
import { dropInterview, openInterview } from '../../contract/interviews.ts'
import { AnswersDrawer } from '../answers-drawer.tsx'
import { useWords } from '../response-row.tsx'
import { HandIn, type HandedIn } from './hand-in.tsx'
import { KnownCard } from './known-card.tsx'
import { QuestionList } from './question-list.tsx'
import { useInterview, type Begun } from './use-interview.ts'

const address = z.object({ code: z.string().default(''), corrects: z.string().optional() })

/** 代填 and 更正: a colleague fills a questionnaire in with somebody, mostly by keys. */
export function InterviewPage() {
  const t = useT('questionnaire')
  const inWords = useWords()
  const patientId = usePathParam('patientId')
  const [{ code, corrects }] = useAddress(address)
  const params = { patientId: patientId as never, code }
  const query = corrects ? { corrects: corrects as never } : {}
  const { data, error, refetch } = useApi(openInterview, { params, query }, { keep: false, enabled: code !== '' })
  const patient = useApi(getPatient, { params: { patientId: patientId as never } })
  const back = `/patients/${patientId}?tab=questionnaires`
  const title = data ? inWords(data.title) : t('interview.title')
  return (
    <Page
      title={title}
      hint={data && <InterviewHint begun={data} corrects={corrects} />}
      breadcrumbs={[{ label: patient.data?.name ?? '…', to: back }, { label: title }]}
      width="reading"
    >
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={8} />}
      {data && <Interview key={data.submission} patientId={patientId} begun={data} corrects={corrects} back={back} />}
    </Page>
  )
}

function InterviewHint({ begun, corrects }: { begun: Begun; corrects: string | undefined }) {
  const t = useT('questionnaire')
  if (corrects) return <span>{t('correction.hint')}</span>
  return <span>{t(begun.draft ? 'interview.resumed' : 'interview.keys')}</span>
}

function Interview({
  patientId,
  begun,
  corrects,
  back,
}: {
  patientId: string
  begun: Begun
  corrects: string | undefined
  back: string
}) {
  const t = useT('questionnaire')
  const go = useGo()
  const language = useLocale()
  const { state, former, give, keptAt, unkept, isNewestKept } = useInterview({ patientId, begun, corrects, language })
  const [reopened, setReopened] = useState<ReadonlySet<string>>(new Set())
  // A correction looks at everything; a new form leaves out what the record had answered when it was opened.
  const [atFirst] = useState(() => new Set(former ? [] : knownPlaces(state).map(({ key }) => key)))
  const [judged, setJudged] = useState(false)
  const [done, setDone] = useState<HandedIn>()
  const drop = useAction(dropInterview, { invalidates: [openInterview], onDone: () => go(back) })
  if (done) return <AfterHandIn patientId={patientId} done={done} onBack={() => go(back)} />
  const spared = (key: string) => atFirst.has(key) && !reopened.has(key)
  const shown = shownPlaces(state).filter(({ key }) => !spared(key))
  const known = shownPlaces(state).filter((place) => spared(place.key) && isKnown(state, place))
  const faults = judged ? validate(state).filter(({ severity }) => severity === 'error') : []
  return (
    <Stack>
      {known.length > 0 && (
        <KnownCard state={state} places={known} onChange={(key) => setReopened(new Set([...reopened, key]))} />
      )}
      <QuestionList state={state} shown={shown} faults={faults} onAnswer={give} />
      <HandIn
        patientId={patientId}
        begun={begun}
        corrects={corrects}
        state={state}
        former={former}
        onMissing={() => setJudged(true)}
        onDone={setDone}
      />
      <Row>
        {/* Said of the newest answer or not at all, at a place that does not move. */}
        <span className="pb-hint" role="status" style={unkept || isNewestKept ? undefined : { visibility: 'hidden' }}>
          {unkept ? t('interview.unkept') : keptAt && t('fill.kept')} {keptAt && !unkept && <InstantText at={keptAt} />}
        </span>
        {keptAt && (
          <Button
            type="text"
            danger
            loading={drop.isPending}
            onClick={() => drop.mutate({ params: { patientId: patientId as never, code: begun.code } })}
          >
            {t('interview.drop')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}

/** What came of it; where somebody may be in danger, first of all whom to call. */
function AfterHandIn({ patientId, done, onBack }: { patientId: string; done: HandedIn; onBack: () => void }) {
  const t = useT('questionnaire')
  const [reading, setReading] = useState(!done.urgent)
  return (
    <Card>
      <Stack>
        {done.urgent && (
          <Alert type="error" showIcon title={t('interview.urgent')} description={t('interview.urgentHint')} />
        )}
        <p>{t('interview.done')}</p>
        <Row>
          <Button type="primary" onClick={onBack}>
            {t('interview.back')}
          </Button>
          <Button onClick={() => setReading(true)}>{t('response.read')}</Button>
        </Row>
      </Stack>
      <AnswersDrawer
        patientId={patientId}
        responseId={reading ? done.responseId : undefined}
        onClose={() => setReading(false)}
      />
    </Card>
  )
}
