/** The nouns of delivery: how a conclusion reaches the family, to whom, and what an attempt came to. The web reads them too. */

/** Handed over against a signature, a text message, the post, or opened by the family in its own portal. */
export const DELIVERY_WAYS = ['handedOver', 'message', 'post', 'portal'] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];

/** Ways that an officer records; the portal records itself. */
export const RECORDED_WAYS = ['handedOver', 'message', 'post'] as const satisfies readonly DeliveryWay[];

/** What an attempt came to: under way (posted, message queued), delivered, or failed. */
export const DELIVERY_OUTCOMES = ['underway', 'delivered', 'failed'] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** Why an attempt failed. */
export const DELIVERY_FAILURES = ['nobodyHome', 'recipientRefused', 'returnedByPost', 'addressUnknown', 'messageFailed'] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

/** Failures that an officer records; a message fails by itself. */
export const RECORDED_FAILURES = ['nobodyHome', 'recipientRefused', 'returnedByPost', 'addressUnknown'] as const satisfies readonly DeliveryFailure[];

/** Who received it. */
export const RECIPIENTS = ['self', 'family', 'guardian', 'agent'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** Which outcomes a way of delivery can have when an officer records it; a message is only queued, the rest follows by itself. */
export const OUTCOMES_OF: Readonly<Record<(typeof RECORDED_WAYS)[number], readonly DeliveryOutcome[]>> = {
  handedOver: ['delivered', 'failed'], message: ['underway'], post: ['underway', 'delivered', 'failed'],
};

/** Which failures belong to which way. */
export const FAILURES_OF: Readonly<Record<(typeof RECORDED_WAYS)[number], readonly DeliveryFailure[]>> = {
  handedOver: ['nobodyHome', 'recipientRefused', 'addressUnknown'], message: [], post: ['returnedByPost', 'recipientRefused', 'addressUnknown'],
};
