/** The exact version of the project's own Node. */
export const NODE_VERSION: string;

export function ensureNode(root: string): Promise<string>;
