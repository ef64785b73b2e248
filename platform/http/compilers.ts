/**
 * Every shape is compiled once per process, however many endpoints share it (a refusal, an id) and however many servers
 * are opened, as tests do. What is compiled, and by what, is fastify's own default.
 */
import AjvCompiler from '@fastify/ajv-compiler';
import SerializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifyServerOptions } from 'fastify';

const buildValidator = AjvCompiler();
const buildSerializer = SerializerSelector();

/** For fastify's option `schemaController`. */
export const compiledOnce: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: sharing(buildValidator), buildSerializer: sharing(buildSerializer) },
};

type Compile<Route, Compiled> = (route: Route) => Compiled;

/** The compilers of one set of options, each of which answers the same schema with the same function. */
function sharing<Shared, Options, Route, Compiled>(build: (shared: Shared, options?: Options) => Compile<Route, Compiled>): (shared: Shared, options?: Options) => Compile<Route, Compiled> {
  const compilers = new Map<string, Compile<Route, Compiled>>();
  return (shared, options) => {
    const key = JSON.stringify([shared, options]);
    const held = compilers.get(key) ?? once(build(shared, options));
    compilers.set(key, held);
    return held;
  };
}

function once<Route, Compiled>(compile: Compile<Route, Compiled>): Compile<Route, Compiled> {
  const compiled = new Map<string, Compiled>();
  return (route) => {
    const key = JSON.stringify((route as { schema?: unknown }).schema);
    const held = compiled.get(key) ?? compile(route);
    compiled.set(key, held);
    return held;
  };
}
