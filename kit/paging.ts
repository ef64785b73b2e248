/** Every list is paged the same way, on the server. */
import { Type } from '@sinclair/typebox';
import type { TProperties, TSchema } from '@sinclair/typebox';

const paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
};

/** The query of a list: its own filters plus page and page size. */
export function pageQuery<F extends TProperties>(filters: F) {
  return Type.Object({ ...filters, ...paging }, { additionalProperties: false });
}

/** The answer of a list: the rows of one page and the number of all rows in scope. */
export function pageOf<R extends TSchema>(row: R) {
  return Type.Object({ rows: Type.Array(row), total: Type.Integer() });
}

/** Offset and limit of a page. */
export function pageBounds(query: { page?: number; pageSize?: number }): { limit: number; offset: number } {
  const limit = query.pageSize ?? 20;
  return { limit, offset: ((query.page ?? 1) - 1) * limit };
}
