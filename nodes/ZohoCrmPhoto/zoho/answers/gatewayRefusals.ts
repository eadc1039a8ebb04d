import type { Refusal } from './refusals';

/** A refusal without Zoho's words: which HTTP statuses it is for. */
interface GatewayRefusal extends Refusal {
	is: (status: number) => boolean;
}

const LOOK_BETWEEN = 'Look for a proxy or firewall between n8n and Zoho that answers in its place.';

/**
 * Answers that are not Zoho's JSON (a page of a gateway or proxy, nothing at all), told by their HTTP status; the first that
 * fits counts. The texts may hold what the texts of Zoho's refusals hold, and `{status}`, `{elsewhere}` (the host of a
 * redirect), `{quote}` (a colon and what the answer says, if it says anything).
 */
export const GATEWAY_REFUSALS: readonly GatewayRefusal[] = [
	{
		is: (status) => [301, 302, 303, 307, 308].includes(status),
		code: 'REDIRECTED',
		message: 'The call to {task} was sent on to {elsewhere}, which was not followed',
		description:
			'The access token goes to the API of Zoho CRM alone. Look for a proxy or a log-in page of your network between n8n and Zoho.',
	},
	{
		is: (status) => status === 401,
		code: 'UNEXPECTED_ANSWER',
		message: 'The access token was turned away by something that is not Zoho CRM in the call to {task}{quote}',
		description: `${LOOK_BETWEEN} If there is none, connect the account of the credential again.`,
		stops: 'run',
	},
	{
		is: (status) => status === 407,
		code: 'UNEXPECTED_ANSWER',
		message: 'The proxy between n8n and Zoho CRM asks for a log-in, so it did not let the call to {task} through',
		description: "Put the proxy's user and password into n8n's proxy settings (environment variable HTTPS_PROXY).",
		stops: 'run',
	},
	{
		is: (status) => status === 413,
		code: 'BODY_SIZE_REACHED',
		message: 'A gateway before Zoho CRM did not take a call as large as the one to {task}',
		description:
			'Resize the photo with an Edit Image node before this one, or have the limit of the proxy between n8n and Zoho raised above 11 MB.',
	},
	{
		is: (status) => status === 429,
		code: 'TOO_MANY_REQUESTS',
		message: 'Too many calls went to Zoho CRM at a time to {task}, in {tries}{waited}',
		description: '{slowDown}',
		passing: 'throttle',
	},
	{
		is: (status) => status >= 500,
		code: 'UNEXPECTED_ANSWER',
		message: 'A gateway before Zoho CRM answered with HTTP status {status} to the call to {task}, in {tries}{quote}',
		description:
			"Run the item again later; Zoho's service status page tells of outages. Raise the option 'Max Retries' to ride out longer ones.",
		passing: 'outage',
	},
	{
		is: () => true,
		code: 'UNEXPECTED_ANSWER',
		message: "An answer that is not Zoho CRM's, with HTTP status {status}, came to the call to {task}{quote}",
		description: LOOK_BETWEEN,
	},
];
