/** The written form of the files under policy/: what every figure, edition, source list, city and calendar must hold. */
import { Type, type Static } from '@sinclair/typebox';

const strict = { additionalProperties: false } as const;
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Name = Type.String({ pattern: '^[a-z]+\\.[a-z][A-Za-z]*$' });
const Both = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, strict);
const StatusText = Type.Union([Type.Literal('verified'), Type.Literal('unverified')]);

const Cited = Type.Object({ document: Type.String({ minLength: 1 }), article: Type.Optional(Type.String()) }, strict);
const Citation = Type.Union([Cited, Type.Array(Cited, { minItems: 1 })]);
export type Cited = Static<typeof Cited>;

export const FigureFile = Type.Object(
  {
    figure: Name,
    unit: Type.String({ minLength: 1 }),
    label: Both,
    /** Who may change it, and how. */
    decidedBy: Both,
    /** What the office does with it: what happens beyond the line. */
    effect: Both,
    overrides: Type.Optional(Type.Literal('national')),
    values: Type.Array(
      Type.Object(
        {
          from: DayText,
          to: Type.Optional(DayText),
          value: Type.Unknown(),
          source: Citation,
          status: StatusText,
          note: Type.Optional(Both),
        },
        strict,
      ),
      { minItems: 1 },
    ),
  },
  strict,
);
export type FigureFile = Static<typeof FigureFile>;

export const EditionFile = Type.Object(
  {
    edition: Name,
    id: Type.String({ minLength: 1 }),
    from: DayText,
    to: Type.Optional(DayText),
    label: Both,
    decidedBy: Both,
    effect: Both,
    overrides: Type.Optional(Type.Literal('national')),
    /** Lies ready without being in force: a `candidate` to be tried, or a `demonstration` that only a fictional city may put in force. */
    use: Type.Optional(Type.Union([Type.Literal('candidate'), Type.Literal('demonstration')])),
    source: Citation,
    status: StatusText,
    note: Type.Optional(Both),
    body: Type.Unknown(),
  },
  strict,
);
export type EditionFile = Static<typeof EditionFile>;

export const SourceDocument = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    /** Number of the document as printed, where it has one. */
    number: Type.Optional(Type.String({ minLength: 1 })),
    title: Both,
    date: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })),
    address: Type.Optional(Type.String({ minLength: 1 })),
    /** high: official text or several independent ones seen; medium: one repost; low: recalled; own: of this project. */
    confidence: Type.Union([Type.Literal('high'), Type.Literal('medium'), Type.Literal('low'), Type.Literal('own')]),
    fictional: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type SourceDocument = Static<typeof SourceDocument>;
export const SourcesFile = Type.Object({ documents: Type.Array(SourceDocument) }, strict);

export const CityFile = Type.Object(
  {
    city: Type.String({ pattern: '^[a-z]+$' }),
    /** First four digits of the divisions (GB/T 2260). */
    code: Type.String({ pattern: '^[0-9]{4}$' }),
    name: Both,
    /** Districts with their townships; empty where nobody has entered them yet. */
    districts: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String({ pattern: '^[0-9]{6}$' }),
            name: Both,
            /** The agency that issues the district's papers, and where people reach it. */
            agency: Type.Optional(Type.Object({ name: Both, address: Type.String({ minLength: 1 }), phone: Type.String({ minLength: 1 }) }, strict)),
            townships: Type.Array(Type.Object({ code: Type.String({ pattern: '^[0-9]{9}$' }), name: Both }, strict)),
          },
          strict,
        ),
      ),
    ),
    /** True when every needed figure must be there; false: only what could be found. */
    complete: Type.Boolean(),
    fictional: Type.Optional(Type.Literal(true)),
    note: Type.Optional(Both),
  },
  strict,
);
export type CityFile = Static<typeof CityFile>;

export const CalendarFile = Type.Object(
  {
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    /** Addresses of the notices. */
    sources: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    offDays: Type.Array(Type.Object({ from: DayText, to: DayText, name: Both }, strict), { minItems: 1 }),
    workDays: Type.Array(DayText),
  },
  strict,
);
export type CalendarFile = Static<typeof CalendarFile>;
