/** The calls that every record page makes: history, decisions, explanations. */
import type { recordsContract } from '#platform/records/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences } from './preferences.ts';

export const recordsApi = client<typeof recordsContract>({ lang: () => preferences().lang });
