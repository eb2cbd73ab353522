import { useEffect, useState } from 'react'
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
import { getProtocol } from '../../contract/catalogue.ts'
import { pathwayContent } from '../../contract/walk.ts'
import { useSaid } from '../words.ts'
import { Designer, type DesignerProps } from './designer.tsx'
import { localCopy } from './use-draft.ts'

/** The desk of one pathway. It is read once: what others keep meanwhile shows when ours is kept. */
export function DesignPage() {
  const code = usePathParam('code')
  return <Opened key={code} code={code} />
}

function Opened({ code }: { code: string }) {
  const t = useT('follow-up')
  const said = useSaid()
  const [opened, setOpened] = useState<DesignerProps>()
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
  const name = opened ? said(opened.given.name) : code
  return (
    <Page
      title={t('design.of', { name })}
      breadcrumbs={[
        { label: t('protocol.title'), to: '/protocols' },
        { label: name, to: `/protocols/${code}` },
      ]}
      actions={<Go to={`/protocols/${code}`}>{t('design.done')}</Go>}
    >
      <ProblemAlert problem={problem} onRetry={() => setRound(round + 1)} />
      {!opened && !problem && <Loading />}
      {opened && <Designer {...opened} />}
    </Page>
  )
}

/** The draft; where there is none, what is in force begins the next version with the first change. */
async function openDraft(code: string): Promise<DesignerProps> {
  const [protocol, content] = await Promise.all([call(getProtocol, { params: { code } }), call(pathwayContent)])
  const { versions, can } = protocol
  const row =
    versions.find(({ state }) => state === 'draft') ??
    versions.find(({ state }) => state === 'published') ??
    versions[0]!
  const left = can.draft ? localCopy.read(code) : undefined
  const isNew = left !== undefined && JSON.stringify(left.definition) !== JSON.stringify(row.definition)
  return {
    code,
    given: row.definition,
    version: row.version,
    revision: row.state === 'draft' ? row.revision : 0,
    content,
    readOnly: !can.draft,
    left: isNew ? left : undefined,
  }
}
