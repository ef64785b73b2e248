/** Rows of tables that open something. */

/** A row is reached by Tab and the arrows, and opened by Enter or a click. */
export function rowActions<R>(open: (row: R) => string, go: (address: string) => void) {
  return (row: R) => ({
    tabIndex: 0,
    className: 'ch-row',
    onClick: (event: React.MouseEvent) => {
      if (isOfRow(event) && !(event.target as HTMLElement).closest('a,button,input')) go(open(row));
    },
    onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => {
      if (!isOfRow(event)) return;
      if (event.key === 'Enter' && event.target === event.currentTarget) go(open(row));
      const next = event.key === 'ArrowDown' ? event.currentTarget.nextElementSibling : event.key === 'ArrowUp' ? event.currentTarget.previousElementSibling : null;
      if (next instanceof HTMLElement && next.tabIndex === 0) {
        event.preventDefault();
        next.focus();
      }
    },
  });
}

/** A form that a button of the row opened lies elsewhere on the page, yet its clicks and keys come by here: those are not the row's. */
const isOfRow = ({ currentTarget, target }: React.SyntheticEvent): boolean => currentTarget.contains(target as Node);
