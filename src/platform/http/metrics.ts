import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client'

const requests = new Histogram({
  name: 'peiban_http_request_seconds',
  help: 'Duration of API calls by endpoint and status class',
  labelNames: ['endpoint', 'status'],
  buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
})

let defaults = false

/** Metrics for Prometheus at `/metrics`, from this machine only: they tell an outsider too much. */
export function collectHttpMetrics(app: FastifyInstance): void {
  if (!defaults) collectDefaultMetrics({ prefix: 'peiban_' })
  defaults = true
  app.addHook('onResponse', async (request, reply) => {
    const { endpoint } = request.routeOptions.config as { endpoint?: string }
    if (endpoint) requests.observe({ endpoint, status: `${Math.trunc(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (request, reply) => {
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)) return reply.code(404).send()
    return reply.type(register.contentType).send(await register.metrics())
  })
}

export function counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
  return (register.getSingleMetric(name) as Counter<L> | undefined) ?? new Counter({ name, help, labelNames })
}

export function gauge<L extends string>(name: string, help: string, labelNames: L[] = []): Gauge<L> {
  return (register.getSingleMetric(name) as Gauge<L> | undefined) ?? new Gauge({ name, help, labelNames })
}
