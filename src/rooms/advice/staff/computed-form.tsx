import { Button } from 'antd'
import { useState } from 'react'
import { ApiProblem, ProblemAlert, Stack, useAction, useSay, useT, requestId } from '../../../platform/web/index.ts'
import { giveComputed, listGiven, listProposals, takeBackAdvice, type ComputeBody } from '../contract/advice.ts'
import type { GivenText } from '../contract/words.ts'
import { TextEditor } from './text-editor.tsx'
import { withoutBlanks, type Language } from './words.ts'

interface ComputedGiveProps {
  patientId: string
  locale: Language
  input: ComputeBody
  /** What the result says; begun anew when the numbers change. */
  text: GivenText
  onDone: () => void
}

/** What was computed as words for the person: to be read through, changed and given. */
export function ComputedGive({ patientId, locale, input, text, onDone }: ComputedGiveProps) {
  const t = useT('advice')
  const say = useSay()
  const [edited, setEdited] = useState<GivenText>()
  const [submission] = useState(requestId)
  const [problem, setProblem] = useState<Error>()
  const invalidates = [listGiven, listProposals]
  const give = useAction(giveComputed, { invalidates })
  const back = useAction(takeBackAdvice, { invalidates })
  const params = { patientId: patientId as never }
  const send = () => {
    setProblem(undefined)
    give
      .mutateAsync({ params, body: { input, locale, text: withoutBlanks(edited ?? text), submission } })
      .then(({ id }) => {
        onDone()
        say.undoable({
          text: t('give.done'),
          undo: () => back.mutateAsync({ params: { ...params, givenId: id }, body: { because: t('give.undone') } }),
        })
      })
      .catch((error: unknown) => (error instanceof ApiProblem ? setProblem(error) : say.problem(error)))
  }
  return (
    <Stack>
      <h3>{t('compute.text')}</h3>
      {edited && (
        <p className="pb-hint">
          {t('compute.edited')}{' '}
          <button type="button" className="pb-link" onClick={() => setEdited(undefined)}>
            {t('compute.again')}
          </button>
        </p>
      )}
      <TextEditor text={edited ?? text} onChange={setEdited} />
      <ProblemAlert problem={problem} />
      <div>
        <Button type="primary" loading={give.isPending} onClick={send}>
          {t('give.give')}
        </Button>
      </div>
    </Stack>
  )
}
