import { apiHost, type DataCenter, dataCenters, type Environment, environments } from '../network/dataCenters.cts';

/** A Zoho CRM organization: in one data center and one environment. */
export interface Org {
	/** Zoho's number of the org. */
	id: string;
	name: string;
	dataCenter: DataCenter;
	environment: Environment;
	/** The `api_domain` of its tokens, such as `https://www.zohoapis.eu`. */
	apiDomain: string;
	/** First seven digits of all its record ids, so that an id of one org is unknown in the others. */
	idPrefix: string;
}

const companies: Record<string, string> = {
	us: 'Zylker Incorporated',
	eu: 'Zylker Europe BV',
	in: 'Zylker India Pvt Ltd',
	au: 'Zylker Australia Pty Ltd',
	jp: 'Zylker Japan KK',
	cn: 'Zylker China Co Ltd',
	ca: 'Zylker Canada Ltd',
	sa: 'Zylker Arabia LLC',
	uk: 'Zylker UK Ltd',
	ae: 'Zylker Emirates LLC',
};

const suffixes: Record<Environment, string> = {
	production: '',
	sandbox: ' (Sandbox)',
	developer: ' (Developer Edition)',
};

/** One org for each data center and environment. The US one has the id prefix of the specification's sample record. */
export const orgs: readonly Org[] = dataCenters.flatMap((dataCenter, place) =>
	environments.map((environment, turn) => ({
		id: String(60_000_000_000 + place * 1000 + turn),
		name: `${companies[dataCenter.location] ?? 'Zylker'}${suffixes[environment]}`,
		dataCenter,
		environment,
		apiDomain: `https://${apiHost(dataCenter, environment)}`,
		idPrefix: String(3_409_643 + place * 100_000 + turn * 1000),
	})),
);

/** The org of a data center and environment. */
export function orgOf(dataCenter: DataCenter, environment: Environment = 'production'): Org {
	const found = orgs.find((org) => org.dataCenter === dataCenter && org.environment === environment);
	if (!found) throw new Error(`There is no ${environment} org at ${dataCenter.location}`);
	return found;
}
