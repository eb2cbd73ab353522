import { Alert, Button, Form, type FormInstance } from 'antd'
import { useEffect, useState } from 'react'
import { call, Go, Row, SexAge, Stack, useT, useToday } from '../../../platform/web/index.ts'
import { checkDuplicates } from '../contract/patient.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { NewPatient } from '../contract/person.ts'
import { duplicateQuestion } from './duplicate-question.ts'

type Found = OutputOf<typeof checkDuplicates>['duplicates']
const TYPING_MS = 500

/** Who may be known already, while the form is filled in: asked as soon as there is enough to ask. */
export function Duplicates({
  form,
  onKnown,
}: {
  form: FormInstance<NewPatient>
  onKnown: (patientId: string) => void
}) {
  const t = useT('patient')
  const today = useToday()
  const values = Form.useWatch([], form) as Partial<NewPatient> | undefined
  const question = JSON.stringify(duplicateQuestion(values ?? {}, today) ?? null)
  const found = useFound(question)
  if (found.length === 0) return null
  const isSure = found.some(({ because }) => because === 'paper')
  return (
    <Alert
      type={isSure ? 'error' : 'warning'}
      role="status"
      title={t('duplicates.title')}
      description={
        <Stack tight>
          {found.map(({ because, patient }, index) => (
            <div key={patient?.id ?? index}>
              {patient ? (
                <Row>
                  <strong>{patient.name}</strong>
                  <SexAge sex={patient.sex} birthDate={patient.birthDate} />
                  <span className="pb-number">{patient.phoneMasked}</span>
                  <span className="pb-hint">{t(`duplicates.${because}`)}</span>
                  <Go to={`/patients/${patient.id}`} target="_blank">
                    {t('duplicates.openFile')}
                  </Go>
                  <Button size="small" onClick={() => onKnown(patient.id)}>
                    {t('duplicates.openCard')}
                  </Button>
                </Row>
              ) : (
                t('duplicates.hidden')
              )}
            </div>
          ))}
          <span className="pb-hint">{t(isSure ? 'duplicates.hintPaper' : 'duplicates.hintOther')}</span>
        </Stack>
      }
    />
  )
}

/** Asks once typing has paused; an answer that comes late, to an older question, is dropped. */
function useFound(question: string): Found {
  const [found, setFound] = useState<Found>([])
  useEffect(() => {
    const body = JSON.parse(question) as ReturnType<typeof duplicateQuestion>
    if (!body) return setFound([])
    const stop = new AbortController()
    const timer = setTimeout(() => {
      // A question that cannot be answered leaves the form as it is: the server asks again when it is sent.
      call(checkDuplicates, { body }, { signal: stop.signal }).then(
        ({ duplicates }) => setFound(duplicates),
        () => {},
      )
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [question])
  return found
}
