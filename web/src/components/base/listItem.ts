import type { IconName } from './icons';

/** A line of a menu or of a list of choices. */
export interface ListItem {
  id: string;
  label: string;
  icon?: IconName;
  /** At the end of the line: a key, a size. */
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
  /** A hairline above it. */
  startsGroup?: boolean;
}
