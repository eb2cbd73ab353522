import { useEffect, useState } from 'react'
import type { Questionnaire } from '../../../../clinical/questionnaire/index.ts'
import {
  call,
  Go,
  Loading,
  Page,
  ProblemAlert,
  usePathParam,
  useT,
  type ApiProblem,
} from '../../../../platform/web/index.ts'
import { readDefinition, versionsOf, type DefinitionView } from '../../contract/questionnaire.ts'
import { Designer, type DesignerProps } from '../designer/designer.tsx'
import { lifted } from '../designer/draft.ts'
import { localCopy } from '../designer/local-copy.ts'
import { useWords } from '../response-row.tsx'

/** The desk of one questionnaire. It is read once: what others keep meanwhile shows when ours is kept. */
export function DesignerPage() {
  const code = usePathParam('code')
  return <Opened key={code} code={code} />
}

function Opened({ code }: { code: string }) {
  const t = useT('questionnaire')
  const inWords = useWords()
  const [opened, setOpened] = useState<{ view: DefinitionView; props: DesignerProps }>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    let gone = false
    setProblem(undefined)
    openDraft(code).then(
      (made) => gone || setOpened(made),
      (error: unknown) => gone || setProblem(error as ApiProblem),
    )
    return () => void (gone = true)
  }, [code, round])
  const breadcrumbs = [
    { label: t('nav.questionnaires'), to: '/questionnaires' },
    { label: opened ? inWords(opened.view.title) : code, to: `/questionnaires/${code}` },
  ]
  return (
    <Page
      title={opened ? t('design.of', { title: inWords(opened.view.title) }) : t('design.title')}
      breadcrumbs={breadcrumbs}
      actions={<Go to={`/questionnaires/${code}`}>{t('design.done')}</Go>}
    >
      <ProblemAlert problem={problem} onRetry={() => setRound(round + 1)} />
      {!opened && !problem && <Loading />}
      {opened && <Designer {...opened.props} />}
    </Page>
  )
}

/** The draft; where there is none, what is in force begins the next version with the first change. */
async function openDraft(code: string): Promise<{ view: DefinitionView; props: DesignerProps }> {
  const { rows } = await call(versionsOf, { params: { code } })
  const row = rows.find(({ state }) => state === 'draft') ?? rows.find(({ state }) => state === 'active') ?? rows[0]!
  const view = await call(readDefinition, { params: { code, version: String(row.version) as never } })
  const given = {
    definition: lifted(view.definition as unknown as Questionnaire),
    sensitivity: view.sensitivity,
    licence: view.licence,
    source: view.source,
  }
  const left = localCopy.read(code)
  const isNew = left !== undefined && JSON.stringify(left.draft) !== JSON.stringify(given)
  const revision = view.state === 'draft' ? view.revision : 0
  return { view, props: { code, given, revision, ...(isNew ? { left } : {}) } }
}
