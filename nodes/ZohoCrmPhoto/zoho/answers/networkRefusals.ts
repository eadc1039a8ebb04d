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
	ANSWER_TOO_LARGE: {
		message:
			'The answer of {host} to the call to {task} was longer than any of Zoho CRM, so it was not read to its end',
		description: 'Look for a proxy or firewall between n8n and Zoho that answers in its place.',
	},
	NO_ANSWER: {
		message: 'No answer came from {host} to the call to {task}{quote}',
		description: 'Check the network and proxy settings of the machine that runs n8n, then run the item again.',
	},
};

/** A refused connection that was one to a proxy, not to Zoho. */
export const PROXY_REFUSED: Sentences = {
	message: 'The proxy between n8n and {host} refused the connection, so the call to {task} was not sent',
	description:
		"Check that the proxy of n8n's settings (environment variable HTTPS_PROXY) runs and has this address, then run the item again.",
};
