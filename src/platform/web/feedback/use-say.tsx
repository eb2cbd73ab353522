import { App } from 'antd'
import { useMemo } from 'react'
import { ApiProblem } from '../api/api-problem.ts'
import { useT } from '../language/use-t.ts'

/** What is said `about` the same thing stands in the place of what was said before: a way back that is no way any more is gone. */
export interface Say {
  /** 已保存。 Short, and gone by itself. */
  done: (text: string, about?: string) => void
  /** What was refused, for acts that have no place of their own on the page. */
  problem: (error: unknown) => void
  /** What was done, with the way back for some seconds: better than asking before. */
  undoable: (what: { text: string; undo: () => unknown; about?: string }) => void
}

const UNDO_SECONDS = 8

/** Short words at the top of the page. */
export function useSay(): Say {
  const t = useT('web')
  const { message } = App.useApp()
  return useMemo(() => {
    const problem: Say['problem'] = (error) =>
      void message.warning({ content: error instanceof ApiProblem ? error.title : t('problem.fault'), duration: 6 })
    return {
      problem,
      done: (text, about) => void message.success({ content: text, duration: 2.5, ...(about === undefined ? {} : { key: `undo ${about}` }) }),
      undoable({ text, undo, about = text }) {
        const key = `undo ${about}`
        const back = () => {
          message.destroy(key)
          Promise.resolve(undo()).catch(problem)
        }
        message.open({ key, type: 'success', duration: UNDO_SECONDS, content: <UndoToast text={text} onUndo={back} /> })
      },
    }
  }, [message, t])
}

export function UndoToast({ text, onUndo }: { text: string; onUndo: () => void }) {
  const t = useT('web')
  return (
    <span>
      {text}
      <button type="button" className="pb-link pb-undo" onClick={onUndo}>
        {t('undo')}
      </button>
    </span>
  )
}
