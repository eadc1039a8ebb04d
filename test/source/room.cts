import type { Room } from '../../nodes/ZohoCrmPhoto/source/file';

/** Room for any file. */
export const AMPLE: Room = { need: async () => await Promise.resolve(), hold: () => undefined };
