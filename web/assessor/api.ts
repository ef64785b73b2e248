/** The endpoints of a visit on site, and the shapes that the phone keeps. */
import type { BodyOf, OutputOf } from '#kit/contract.ts';
import type { onsiteContract } from '#domain/assessments/onsite/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences } from '../ui/preferences.ts';

export const api = client<typeof onsiteContract>({ lang: () => preferences().lang });
export type Api = typeof api;

export type OnSitePackage = OutputOf<(typeof onsiteContract)['GET /api/on-site/package']>;
export type OnSiteCase = OnSitePackage['cases'][number];
export type ScaleEdition = OnSitePackage['scales'][number];
export type Scale = ScaleEdition['scale'];
export type ScaleItem = Scale['items'][number];
export type Companion = OnSitePackage['companions'][number];
export type ContradictionRules = OnSitePackage['contradictions'][number]['rules'];
export type Content = BodyOf<(typeof onsiteContract)['PUT /api/on-site/visits/{id}']>['content'];
export type Made = OutputOf<(typeof onsiteContract)['POST /api/on-site/visits/{id}/submit']>;
