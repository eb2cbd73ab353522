import { useQueryClient } from '@tanstack/react-query'
import { Upload } from 'antd'
import { useState } from 'react'
import type { Endpoint, OutputOf } from '../../contract/endpoint.ts'
import { upload } from '../api/transfer.ts'
import { ProblemAlert } from '../feedback/problem-alert.tsx'

export interface FileDropProps<E extends Endpoint> {
  endpoint: E
  /** Ending after ending: `.xlsx,.csv`. */
  accept: string
  /** Read again once the file is there. */
  invalidates: readonly Endpoint[]
  hint: string
  /** What it says while it waits, and at which per cent while the file is on its way. */
  words: { drop: string; uploading: (percent: number) => string }
  onDone: (answer: OutputOf<E>) => void
}

/** A place to drop a file, or to choose one; what is wrong with it is said above. */
export function FileDrop<E extends Endpoint>(props: FileDropProps<E>) {
  const { endpoint, accept, invalidates, hint, words, onDone } = props
  const client = useQueryClient()
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<Error>()
  const send = async (file: File) => {
    setProblem(undefined)
    setShare(0)
    try {
      const answer = await upload(endpoint, file, {} as never, { onProgress: setShare })
      await Promise.all(invalidates.map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
      onDone(answer)
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setShare(undefined)
    }
  }
  return (
    <>
      <ProblemAlert problem={problem} />
      <Upload.Dragger
        accept={accept}
        multiple={false}
        showUploadList={false}
        disabled={share !== undefined}
        beforeUpload={(file) => {
          void send(file as unknown as File)
          return false
        }}
      >
        <p>{share === undefined ? words.drop : words.uploading(Math.round(share * 100))}</p>
        <p className="pb-hint">{hint}</p>
      </Upload.Dragger>
    </>
  )
}
