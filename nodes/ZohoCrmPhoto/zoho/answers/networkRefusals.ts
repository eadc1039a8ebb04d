import type { NoAnswer } from '../../network/noAnswer';
import type { Sentences } from '../sentences';

/**
 * Calls that brought no answer, told to the user. The texts may hold `{host}`, `{task}`, `{tries}`, `{seconds}`, `{slower}`
 * (advice to send less at a time) and `{quote}` (a colon and what the client said, if it said anything). Node's own codes are not in them, as n8n replaces messages that hold one.
 */
export const NETWORK_REFUSALS: Readonly<Record<NoAnswer['code'], Sentences>> = {
	HOST_NOT_FOUND: {
		message: 'The host {host} was not found, so the call to {task} was not sent',
		description:
			"Check that the machine that runs n8n can look up Zoho's names (DNS and proxy settings), and the Data Center of the credential.",
	},
	CONNECTION_REFUSED: {
		message: 'The host {host} refused the connection for the call to {task}',
		description: 'Check the firewall and proxy settings of the machine that runs n8n.',
	},
	CONNECTION_LOST: {
		message: 'The connection to {host} broke off during the call to {task}, in {tries}',
		description:
			"Run the item again; if it keeps happening, look for a proxy or firewall that cuts connections, or raise the option 'Max Retries'.",
	},
	CERTIFICATE_NOT_TRUSTED: {
		message: 'The certificate of {host} is not trusted, so the call to {task} was not sent',
		description:
			'If a proxy of your company inspects traffic, give its certificate to n8n (environment variable NODE_EXTRA_CA_CERTS); else check the clock of the machine that runs n8n.',
	},
	TIMED_OUT: {
		message: '{host} did not answer the call to {task} within {seconds} seconds, in {tries}',
		description: "Raise the option 'Timeout'{slower}.",
	},
	NO_ANSWER: {
		message: 'No answer came from {host} to the call to {task}{quote}',
		description: 'Check the network and proxy settings of the machine that runs n8n, then run the item again.',
	},
};
