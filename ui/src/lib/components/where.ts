import Building from '@lucide/svelte/icons/building';
import CheckCheck from '@lucide/svelte/icons/check-check';
import Monitor from '@lucide/svelte/icons/monitor';
import type { Place } from '../host';
import type { MessageKey } from '../i18n/index.svelte';

/** The sign, the tone and the words of each place a filing can be: the same everywhere on the screen. */
export const where = {
  this_machine: { icon: Monitor, tone: 'plain', label: 'where-this-machine' },
  office: { icon: Building, tone: 'info', label: 'where-office' },
  centre: { icon: CheckCheck, tone: 'done', label: 'where-centre' },
} as const satisfies Record<Place, { icon: unknown; tone: string; label: MessageKey }>;
