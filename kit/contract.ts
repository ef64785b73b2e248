/**
 * The contract: one plain table per module says what an endpoint takes and gives.
 * The server binds every entry (`implement` in platform/http), the web calls it by its key
 * (`'GET /api/people'`) and takes only the types, so no code is generated between the two.
 */
import type { Static, TSchema } from '@sinclair/typebox';

/** A word in the two languages of the product. */
export interface Bilingual {
  zh: string;
  en: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type EndpointKey = `${Method} /${string}`;

/** What a contract says of one endpoint. */
export interface Endpoint {
  /** One line for the API reference. */
  summary: Bilingual;
  /** Permission that the actor's role must hold; `public` needs no sign-in, `signedIn` any account. */
  permission: string;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  output: TSchema;
  /** Four eyes: kinds of earlier events on the subject `params.id` whose doer may not do this act. */
  fourEyes?: readonly string[];
  /** The answer is a file of this media type; the body of the answer is the file, not JSON. */
  file?: string;
  /** The request is multipart/form-data with one part named `file`; other fields are the query. */
  upload?: true;
  /** The uploaded file is kept: its bytes are flushed before the transaction begins; the work moves them into the vault once it has refused nothing. */
  keepsUpload?: true;
  /** Codes of the refusals that this endpoint may answer with. */
  refusals?: readonly string[];
}

export type Contract = Record<EndpointKey, Endpoint>;

/** Keeps the literal types of a contract table. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

type Part<E, K extends string> = E extends Record<K, infer S extends TSchema> ? Static<S> : undefined;

export type ParamsOf<E> = Part<E, 'params'>;
export type QueryOf<E> = Part<E, 'query'>;
export type BodyOf<E> = Part<E, 'body'>;
export type OutputOf<E> = Part<E, 'output'>;

/** What a caller passes: only the parts that the endpoint declares. */
export type InputOf<E> = (E extends { params: TSchema } ? { params: ParamsOf<E> } : object) &
  (E extends { query: TSchema } ? { query: QueryOf<E> } : object) &
  (E extends { body: TSchema } ? { body: BodyOf<E> } : object);
