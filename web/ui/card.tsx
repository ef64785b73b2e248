/** A card whose title is a heading: whoever reads by ear goes from card to card. */
import { Card as Plain } from 'antd';
import type { CardProps } from 'antd';
import { createContext } from 'react';

/** True inside a card: what goes wrong there is not the page's own failure. */
export const InCard = createContext(false);

export function Card({ title, ...rest }: CardProps) {
  return (
    <InCard value={true}>
      <Plain {...rest} {...(title === undefined || title === null ? {} : { title: <h2 className="ch-card-title">{title}</h2> })} />
    </InCard>
  );
}
