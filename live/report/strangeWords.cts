/**
 * Words with a capital letter that Zoho's published messages have. Any other one in a message could be a name: of a person,
 * of an org.
 */
const known = new Set(
	(
		'A Access Allowed An API Attachment Authentication Authorization Bad Body Cannot Client Code Content COQL CRM Deals Denied ' +
		'Dependent Error Failed Field Fields File Files Format Gateway GET HTTP HTTPS ID Ids IDs If Image Images In Internal Invalid ' +
		'Is It JPEG JPG GIF PNG BMP JSON Lead Leads Limit Many MB Media Message Method Missing Module Multipart No Not OAuth One ' +
		'Only Parameter Part Permission Photo Photos Please POST Problem PUT DELETE Query Rate Record Records Request Required ' +
		'Resolution Retry Scope Search Server Service Size Something Success Tasks Temporarily The There This Token Too Type Unable ' +
		'Unauthorized Unknown Unsupported Upload Uploading URL User Value Version Virus We Wrong You Your Zia Zoho'
	).split(' '),
);

/** Strikes words out of a message of Zoho's that have a capital letter and are not known, or that are not in English letters. */
export function withoutStrangeWords(message: string): string {
	return message.replace(/[\p{L}\p{M}\p{N}_'’]+/gu, (word) => {
		const isStrange =
			!/^[\w'’]+$/.test(word) || (/[A-Z]/.test(word) && !known.has(word) && !/^[A-Z]+(_[A-Z]+)+$/.test(word));
		return isStrange ? '***' : word;
	});
}
