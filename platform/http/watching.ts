/** Health, readiness and metrics; one structured log line per request, without personal data. */
import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Platform } from '../act.ts';

/** `/api/health` says the process lives, `/api/ready` that the database answers, `/api/metrics` speaks Prometheus. */
export function bindWatching(app: FastifyInstance, platform: Platform): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({ name: 'changhu_request_seconds', help: 'Time to answer by endpoint and status', labelNames: ['endpoint', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers: [registry] });
  const refusals = new Counter({ name: 'changhu_refusals_total', help: 'Answers from 400 to 499', labelNames: ['endpoint'], registers: [registry] });
  new Gauge({ name: 'changhu_pool_waiting', help: 'Acts waiting for a database connection', registers: [registry], collect() { this.set(platform.databases.app.waitingCount); } });
  new Gauge({
    name: 'changhu_files_free_bytes', help: 'Room left where papers, photographs and videos are kept', registers: [registry],
    async collect() {
      // Before the first file there is no folder; the gauge then says nothing.
      const disk = await statfs(platform.files.folder).catch(() => undefined);
      if (disk) this.set(disk.bavail * disk.bsize);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const endpoint = `${request.method} ${request.routeOptions.url ?? 'page'}`;
    seconds.observe({ endpoint, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    if (reply.statusCode >= 400 && reply.statusCode < 500) refusals.inc({ endpoint });
    if (endpoint.includes('/api/')) request.log.info({ endpoint, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  app.get('/api/health', { schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/api/ready', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await sql`SELECT 1`.execute(platform.databases.appDb);
      return { ok: true };
    } catch {
      return reply.status(503).send({ ok: false });
    }
  });
  app.get('/api/metrics', { schema: { hide: true } }, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
