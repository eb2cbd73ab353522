import type { CallOf, Endpoint, OutputOf } from '../../contract/endpoint.ts'
import type { ProblemBody } from '../../contract/problem.ts'
import { language } from '../language/language.ts'
import { addressOf, type CallInput } from './address.ts'
import { ApiProblem } from './api-problem.ts'
import { headers, send } from './call.ts'
import { connection } from './connection.ts'
import { session } from './session-end.ts'

/**
 * Sends a file as the body of an upload endpoint. XHR, since fetch tells nothing about progress.
 * The file's name travels in `x-file-name`, percent-encoded.
 * @param onProgress share sent so far, 0 to 1
 */
export function upload<E extends Endpoint>(
  endpoint: E,
  file: File,
  input?: Omit<CallOf<E>, 'body'>,
  { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<OutputOf<E>> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(endpoint.method, addressOf(endpoint, input as CallInput))
    xhr.responseType = 'json'
    for (const [name, value] of Object.entries(headers())) xhr.setRequestHeader(name, value)
    xhr.setRequestHeader('content-type', file.type || 'application/octet-stream')
    xhr.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    xhr.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0)
    xhr.onerror = () => {
      connection.lost()
      reject(new ApiProblem({ status: 0, code: 'Unreached', title: language.text('web', 'problem.unreached') }))
    }
    xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    xhr.onload = () => {
      connection.restored()
      if (xhr.status >= 200 && xhr.status < 300) return resolve(xhr.response as OutputOf<E>)
      const body = (xhr.response ?? {}) as Partial<ProblemBody>
      const problem = new ApiProblem({ title: language.text('web', 'problem.fault'), code: 'Fault', ...body, status: xhr.status })
      session.refused(problem.code)
      reject(problem)
    }
    signal?.addEventListener('abort', () => xhr.abort())
    xhr.send(file)
  })
}

/** Fetches a file of a `media` endpoint and hands it to the browser to keep. */
export async function download<E extends Endpoint>(endpoint: E, input: CallOf<E>, fileName?: string): Promise<void> {
  const { body } = input as CallInput
  const response = await send(addressOf(endpoint, input as CallInput), {
    method: endpoint.method,
    headers: { ...headers(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const address = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: fileName ?? fileNameOf(response.headers.get('content-disposition')) ?? '',
  })
  link.click()
  // The browser has taken the content over once the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Fetches a file of a `media` endpoint for the page to show. @returns its address, to be revoked when it is shown no more */
export async function fetchFile<E extends Endpoint>(endpoint: E, input: CallOf<E>): Promise<string> {
  const response = await send(addressOf(endpoint, input as CallInput), { method: endpoint.method, headers: headers() })
  return URL.createObjectURL(await response.blob())
}

/**
 * Fetches a file of a `media` endpoint and shows it in a new tab, where it can be read and printed. The tab opens with the
 * click, since browsers refuse one that opens later; where even that is refused, the file is handed over to keep.
 */
export async function openFile<E extends Endpoint>(endpoint: E, input: CallOf<E>): Promise<void> {
  const tab = globalThis.open('', '_blank')
  if (!tab) return download(endpoint, input)
  tab.opener = null
  try {
    const response = await send(addressOf(endpoint, input as CallInput), { method: endpoint.method, headers: headers() })
    const address = URL.createObjectURL(await response.blob())
    tab.location.replace(address)
    // The tab has read it by then; one that is loaded anew much later asks for nothing of a patient again.
    setTimeout(() => URL.revokeObjectURL(address), 600_000)
  } catch (error) {
    tab.close()
    throw error
  }
}

/** The file's name of a `content-disposition`; `filename*` with its percent-encoding goes first. */
export function fileNameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
}
