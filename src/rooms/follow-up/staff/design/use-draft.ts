import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../../platform/web/index.ts'
import { draftProtocol, getProtocol, listProtocols } from '../../contract/catalogue.ts'
import { protocolDefinition, type ProtocolDefinition } from '../../contract/protocol.ts'
import { unreviewed } from './edits.ts'

/**
 * unfinished: it cannot be kept by the house as it stands, and waits in this tab · refused: the house says why · conflict:
 * somebody else kept theirs meanwhile, and nothing is sent until a person has decided.
 */
export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed' | 'unfinished' | 'refused' | 'conflict'

const PAUSE_MS = 1000
const AGAIN_MS = 5000

export interface LocalCopy {
  definition: ProtocolDefinition
  /** Of the house's draft that it was based on. */
  revision: number
}

/** In the kit's drawer of drafts, so that the next person at this computer finds nothing of it. */
const keyOf = (code: string) => `peiban.draft.pathway-${code}`
export const localCopy = {
  read(code: string): LocalCopy | undefined {
    try {
      return (JSON.parse(sessionStorage.getItem(keyOf(code)) ?? 'null') as LocalCopy | null) ?? undefined
    } catch {
      return undefined
    }
  },
  keep(code: string, copy: LocalCopy): void {
    try {
      sessionStorage.setItem(keyOf(code), JSON.stringify(copy))
    } catch {
      // A full store: the house gets it in a second all the same.
    }
  },
  drop: (code: string): void => sessionStorage.removeItem(keyOf(code)),
}

/**
 * Sends the draft a moment after each change, one sending at a time, each on the revision the last one got. What is not
 * sent yet is kept in this tab; leaving the page sends it, closing the tab asks first.
 */
export function useDraft(
  code: string,
  definition: ProtocolDefinition,
  given: { revision: number; saved: ProtocolDefinition },
) {
  const latest = useRef(definition)
  const saved = useRef(given.saved)
  const revision = useRef(given.revision)
  const running = useRef(false)
  const blocked = useRef(false)
  const [saving, setSaving] = useState<Saving>('saved')
  const [refusal, setRefusal] = useState<string>()
  const [isDraft, setDraft] = useState(given.revision > 0)
  const client = useQueryClient()
  latest.current = definition

  const send = useCallback(async () => {
    const sent = latest.current
    if (running.current || blocked.current) return
    if (sent === saved.current) return setSaving((before) => (before === 'unsaved' ? 'saved' : before))
    if (!protocolDefinition.safeParse(sent).success) return setSaving('unfinished')
    running.current = true
    setSaving('saving')
    try {
      const answer = await call(draftProtocol, {
        params: { code },
        body: { definition: unreviewed(sent), revision: revision.current },
      })
      revision.current = answer.revision
      setDraft(true)
      saved.current = sent
      for (const { name } of [listProtocols, getProtocol]) void client.invalidateQueries({ queryKey: [name] })
      if (latest.current === sent) localCopy.drop(code)
      setSaving(latest.current === sent ? 'saved' : 'unsaved')
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined
      blocked.current = problem?.code === 'DraftChanged'
      const isRefused = problem !== undefined && problem.status >= 400 && problem.status < 500
      if (isRefused) setRefusal(problem.title)
      setSaving(blocked.current ? 'conflict' : isRefused ? 'refused' : 'failed')
    } finally {
      running.current = false
    }
  }, [code, client])

  useEffect(() => {
    if (definition === saved.current) {
      localCopy.drop(code)
      return setSaving((before) => (before === 'saving' || before === 'conflict' ? before : 'saved'))
    }
    localCopy.keep(code, { definition, revision: revision.current })
    if (!blocked.current) setSaving((before) => (before === 'saving' ? before : 'unsaved'))
    const timer = setTimeout(() => void send(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [code, definition, send])

  useEffect(() => {
    // What changed while a sending was under way, or did not arrive, goes with the next one.
    if (saving !== 'unsaved' && saving !== 'failed') return
    const timer = setTimeout(() => void send(), saving === 'failed' ? AGAIN_MS : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [saving, send])

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (latest.current !== saved.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
      void send()
    }
  }, [send])

  /** After a conflict: what the house has now counts as kept, and ours goes on top of it where it differs. */
  const settle = useCallback((theirs: LocalCopy) => {
    revision.current = theirs.revision
    saved.current = theirs.definition
    blocked.current = false
    // Sent after a pause: by then the page holds what was decided for.
    setSaving('unsaved')
  }, [])
  return { saving, refusal, isDraft, settle, sendNow: send }
}
