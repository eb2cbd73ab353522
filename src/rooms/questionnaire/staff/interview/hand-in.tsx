import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { changesBetween, validate, type State } from '../../../../clinical/questionnaire/index.ts'
import { call, Card, ProblemAlert, Stack, useT, type ApiProblem } from '../../../../platform/web/index.ts'
import { answerForPatient, correctResponse } from '../../contract/questionnaire.ts'
import { ChangeList } from './change-list.tsx'
import { responseOf, type Begun } from './use-interview.ts'

export interface HandedIn {
  responseId: string
  urgent: boolean
}

/** The end of the form: who answered, or what is corrected and why; then it is handed in. */
export function HandIn({
  patientId,
  begun,
  corrects,
  state,
  former,
  onMissing,
  onDone,
}: {
  patientId: string
  begun: Begun
  corrects: string | undefined
  state: State
  former: State | null
  onMissing: () => void
  onDone: (done: HandedIn) => void
}) {
  const t = useT('questionnaire')
  const [author, setAuthor] = useState<'staff' | 'proxy'>('staff')
  const [because, setBecause] = useState('')
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const missing = validate(state).filter(({ severity }) => severity === 'error')
  const changes = former ? changesBetween(former, state, [t('fill.yes'), t('fill.no')]) : []
  const ready = !former || (changes.length > 0 && because.trim().length >= 2)
  const send = async () => {
    if (missing.length > 0) return onMissing()
    setBusy(true)
    setProblem(undefined)
    const body = { submission: begun.submission, response: responseOf(state) }
    const params = { patientId: patientId as never }
    try {
      const done = corrects
        ? await call(correctResponse, {
            params: { ...params, responseId: corrects as never },
            body: { ...body, because },
          })
        : await call(answerForPatient, { params, body: { ...body, code: begun.code, version: begun.version, author } })
      onDone({ responseId: done.response.id, urgent: done.urgent })
    } catch (error) {
      setProblem(error as ApiProblem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t(former ? 'correction.title' : 'interview.handIn')}>
      <Stack>
        {former ? (
          <>
            {changes.length > 0 ? <ChangeList changes={changes} /> : <p>{t('correction.none')}</p>}
            <Form.Item label={t('correction.because')} htmlFor="because" layout="vertical" required>
              <Input
                id="because"
                maxLength={300}
                placeholder={t('correction.becauseHint')}
                value={because}
                onChange={(event) => setBecause(event.target.value)}
              />
            </Form.Item>
          </>
        ) : (
          <Radio.Group
            aria-label={t('interview.who')}
            value={author}
            onChange={({ target }) => setAuthor(target.value as 'staff' | 'proxy')}
            options={[
              { value: 'staff', label: t('interview.self') },
              { value: 'proxy', label: t('interview.proxy') },
            ]}
          />
        )}
        <ProblemAlert problem={problem} />
        <div>
          <Button type="primary" loading={busy} disabled={!ready} onClick={() => void send()}>
            {t(former ? 'correction.submit' : 'fill.submit')}
          </Button>
          {missing.length > 0 && <span className="pb-hint"> {t('fill.missing', { count: missing.length })}</span>}
        </div>
      </Stack>
    </Card>
  )
}
