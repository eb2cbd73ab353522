type Json = Record<string, unknown>
interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  parameters: { name: string; in: string; required: boolean; schema: Json }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: { 200: { content: Record<string, { schema: Json }> }; default: { description: string } }
}

/** The API as one readable page without script: a list by room, each call folded with its words. */
export function apiPage(description: Json): string {
  const byRoom = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(description['paths'] as Record<string, Record<string, Operation>>))
    for (const [method, operation] of Object.entries(methods)) {
      const room = operation.tags[0] ?? ''
      byRoom.set(room, [...(byRoom.get(room) ?? []), call(method, path, operation)])
    }
  const rooms = [...byRoom].toSorted(([a], [b]) => a.localeCompare(b))
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Peiban API</title><style>${STYLE}</style>
<header><h1>Peiban 陪伴 · API</h1><p>${escape(String((description['info'] as Json)['description']))}</p>
<p><a href="/api/openapi.json">OpenAPI 3.1</a></p><nav>${rooms.map(([room]) => `<a href="#${room}">${room}</a>`).join(' ')}</nav></header>
${rooms.map(([room, calls]) => `<section id="${room}"><h2>${room}</h2>${calls.join('')}</section>`).join('')}</html>`
}

function call(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody ? Object.values(operation.requestBody.content)[0]?.schema : undefined
  const answer = Object.values(operation.responses[200].content)[0]?.schema
  return `<details id="${operation.operationId}"><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code> <span>${escape(operation.summary)}</span></summary>
<p>${escape(operation.description)} ${escape(operation.responses.default.description)}.</p>
${operation.parameters.length > 0 ? `<table><tr><th>Parameter</th><th>In</th><th>Schema</th></tr>${operation.parameters.map((p) => `<tr><td>${escape(p.name)}${p.required ? ' *' : ''}</td><td>${p.in}</td><td><code>${escape(JSON.stringify(p.schema))}</code></td></tr>`).join('')}</table>` : ''}
${body ? `<h4>Body</h4><pre>${escape(JSON.stringify(body, null, 2))}</pre>` : ''}<h4>Answer</h4><pre>${escape(JSON.stringify(answer, null, 2))}</pre></details>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const STYLE = `body{font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2a2a}
h1{color:#0b7a75}a{color:#0b7a75}nav a{margin-right:.75rem}h2{border-bottom:1px solid #d9e2e1;margin-top:2rem}
details{border-bottom:1px solid #eef2f1;padding:.4rem 0}summary{cursor:pointer}summary span{color:#5a6b6a}
b{display:inline-block;min-width:4.5rem;font-size:12px}b.get{color:#0b7a75}b.post{color:#8a5a00}b.put,b.patch{color:#315a9c}b.delete{color:#b3261e}
pre{background:#f5f8f7;padding:.75rem;overflow:auto;font-size:12.5px}table{border-collapse:collapse}td,th{padding:.2rem .75rem .2rem 0;text-align:left;vertical-align:top}code{font-size:13px;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{background:#101615;color:#dce6e4}pre{background:#18211f}h2,details{border-color:#26312f}}`
