import { DATA_CENTERS, type DataCenter } from '../account/dataCenters';
import { isId } from '../identifiers';
import type { RecordAddress } from '../task';

/** Modules whose tab in the address has another name than the API (Zoho CRM still says Potentials for Deals). */
const TAB_NAMES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		leads: 'Leads',
		contacts: 'Contacts',
		accounts: 'Accounts',
		products: 'Products',
		vendors: 'Vendors',
		deals: 'Deals',
		potentials: 'Deals',
	}),
);

/**
 * The record that an address of Zoho CRM's web interface leads to, in any data center:
 * `https://crm.zoho.eu/crm/org20071234/tab/Leads/3000000038009`, the same without the org, in the Zoho One and CRM Plus
 * frames, or `.../crm/EntityInfo.do?module=Leads&id=3000000038009`.
 *
 * @returns the record's id, and its module's API name where the address tells it for sure (custom tabs have other names
 * than their API names); undefined for any other address
 */
export function readRecordUrl(url: string): { module: string | undefined; recordId: string } | undefined {
	if (!URL.canParse(url)) return undefined;
	const { protocol, hostname, pathname, hash, searchParams } = new URL(url);
	if (protocol !== 'https:' || !isZoho(hostname)) return undefined;
	const tab = /\/tab\/(\w+)\/(\d{1,20})(?=[/?]|$)/.exec(pathname + hash.replace(/^#/, '/'));
	const module = tab?.[1] ?? searchParams.get('module') ?? '';
	const recordId = tab?.[2] ?? (/EntityInfo\.do$/.test(pathname) ? (searchParams.get('id') ?? '') : '');
	if (!isId(recordId)) return undefined;
	return { module: TAB_NAMES.get(module.toLowerCase()), recordId };
}

function isZoho(hostname: string): boolean {
	return DATA_CENTERS.some(({ accountsDomain }) => hostname.endsWith(`.${accountsDomain}`));
}

/** The address of a record in Zoho CRM's web interface, e.g. `https://crm.zoho.eu/crm/tab/Leads/3000000038009`. */
export function recordUrl({ accountsDomain }: DataCenter, { module, recordId }: RecordAddress): string {
	const tab = module === 'Deals' ? 'Potentials' : module;
	return `https://crm.${accountsDomain}/crm/tab/${tab}/${recordId}`;
}
