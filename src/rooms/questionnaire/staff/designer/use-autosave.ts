import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../../platform/web/index.ts'
import { useQueryClient } from '@tanstack/react-query'
import { listDefinitions, readDefinition, saveDraft, versionsOf } from '../../contract/questionnaire.ts'
import type { Draft } from './draft.ts'
import { localCopy } from './local-copy.ts'

/** `conflict`: somebody else kept theirs meanwhile, and nothing is sent until a person has decided. */
export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict'

/** Pause after the last change before it is sent, and before a failed sending is tried again. */
const PAUSE_MS = 1200
const AGAIN_MS = 5000
/** Pause before it is kept in this tab: writing a long form out at each letter would be felt. */
const KEEP_MS = 400

/**
 * Sends the draft a moment after each change, one sending at a time, each on the revision the last one got. What is not
 * sent yet is kept in this tab; leaving the page sends it, closing the tab asks first.
 */
export function useAutosave(code: string, draft: Draft, given: { revision: number; saved: Draft }) {
  const latest = useRef(draft)
  const saved = useRef(given.saved)
  const revision = useRef(given.revision)
  const running = useRef(false)
  const [saving, setSaving] = useState<Saving>('saved')
  const blocked = useRef(false)
  const client = useQueryClient()
  latest.current = draft

  const send = useCallback(async () => {
    if (running.current || blocked.current || latest.current === saved.current) return
    running.current = true
    setSaving('saving')
    const sent = latest.current
    try {
      const view = await call(saveDraft, {
        params: { code },
        body: {
          definition: sent.definition as never,
          sensitivity: sent.sensitivity,
          licence: sent.licence,
          source: sent.source,
          revision: revision.current,
        },
      })
      revision.current = view.revision
      saved.current = sent
      for (const { name } of [listDefinitions, readDefinition, versionsOf])
        void client.invalidateQueries({ queryKey: [name] })
      if (latest.current === sent) localCopy.drop(code)
      setSaving(latest.current === sent ? 'saved' : 'unsaved')
    } catch (error) {
      blocked.current = error instanceof ApiProblem && error.code === 'ChangedMeanwhile'
      setSaving(blocked.current ? 'conflict' : 'failed')
    } finally {
      running.current = false
    }
  }, [code, client])

  useEffect(() => {
    if (draft === saved.current) {
      localCopy.drop(code)
      return setSaving((before) => (before === 'unsaved' ? 'saved' : before))
    }
    const keep = () => localCopy.keep(code, { draft, revision: revision.current })
    const keeping = setTimeout(keep, KEEP_MS)
    if (!blocked.current) setSaving((before) => (before === 'saving' ? before : 'unsaved'))
    const timer = setTimeout(() => void send(), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      clearTimeout(keeping)
    }
  }, [code, draft, send])

  useEffect(() => {
    // What changed while a sending was under way, or did not arrive, goes with the next one.
    if (saving !== 'unsaved' && saving !== 'failed') return
    const timer = setTimeout(() => void send(), saving === 'failed' ? AGAIN_MS : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [saving, send])

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (latest.current === saved.current) return
      localCopy.keep(code, { draft: latest.current, revision: revision.current })
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
      if (latest.current !== saved.current) localCopy.keep(code, { draft: latest.current, revision: revision.current })
      void send()
    }
  }, [code, send])

  /**
   * After a conflict: what the server has now counts as kept, and what was decided for goes on top of it where it differs.
   * The page holds it only once it is drawn again; until then ours, which was decided against, must not go out.
   */
  const settle = useCallback(
    (theirs: { revision: number; draft: Draft }, decided: Draft) => {
      revision.current = theirs.revision
      saved.current = theirs.draft
      latest.current = decided
      blocked.current = false
      setSaving('unsaved')
      void send()
    },
    [send],
  )
  return { saving, settle, sendNow: send }
}
