/** Items that an expert would answer otherwise: choose the item, then the option that would have been right (or leave it open: doubtful). */
import { Select } from 'antd';
import type { DisputedItem } from '#domain/assessments/expert/model.ts';
import type { ScaleItem } from '#domain/assessments/scale/model.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../ui/words.ts';

interface DisputedItemsProps {
  items: readonly ScaleItem[];
  answers: Record<string, number>;
  id?: string;
  value?: DisputedItem[];
  onChange?: (value: DisputedItem[]) => void;
}

export function DisputedItems({ items, answers, id, value = [], onChange }: DisputedItemsProps) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const set = (code: string, points: number | undefined) => onChange?.(value.map((one) => (one.code === code ? { code, ...(points === undefined ? {} : { points }) } : one)));
  return (
    <div className="ch-values">
      <Select
        mode="multiple"
        {...(id ? { id } : {})}
        style={{ width: '100%' }}
        placeholder={say('confirmations.chooseItems')}
        showSearch={{ optionFilterProp: 'label' }}
        options={items.map((one) => ({ value: one.code, label: one[lang] }))}
        value={value.map((one) => one.code)}
        onChange={(codes: string[]) => onChange?.(codes.map((code) => value.find((one) => one.code === code) ?? { code }))}
      />
      {value.map(({ code, points }) => {
        const item = items.find((one) => one.code === code);
        if (!item) return null;
        return (
          <div key={code}>
            <div className="ch-muted">{item[lang]}{say('colon')}{item.options.find((one) => one.points === answers[code])?.[lang] ?? '–'}</div>
            <Select
              allowClear
              style={{ width: '100%' }}
              aria-label={item[lang]}
              placeholder={say('confirmations.wouldAnswer')}
              options={item.options.filter((one) => one.points !== answers[code]).map((one) => ({ value: one.points, label: `${one[lang]} (${one.points})` }))}
              value={points ?? null}
              onChange={(chosen: number | null) => set(code, chosen ?? undefined)}
            />
          </div>
        );
      })}
    </div>
  );
}
