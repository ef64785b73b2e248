/** What a reader sets for themselves: language and size of type. */
import { setPreferences, usePreferences } from '../ui/preferences.ts';
import { changeLang, useWords } from '../ui/words.ts';

/** Buttons for language and larger type; the choice stays on this machine. */
export function Switches() {
  const say = useWords('light');
  const { lang, large } = usePreferences();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <div className="switches">
      <button type="button" className="switch" aria-pressed={large} onClick={() => setPreferences({ large: !large })}>
        {say(large ? 'switch.normal' : 'switch.large')}
      </button>
      <button type="button" className="switch" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void changeLang(other)}>
        {say('switch.other')}
      </button>
    </div>
  );
}
