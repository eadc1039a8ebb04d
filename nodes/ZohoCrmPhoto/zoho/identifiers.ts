/** Whether a text can be the API name of a module or a field: letters, digits and underscores ("Modules Metadata", "Fields Metadata"). */
export function isApiName(text: string): boolean {
	return /^\w{1,100}$/.test(text);
}

/** Whether a text can be the id of a record or of an image in a field: 1 to 20 digits ("Get Records"). */
export function isId(text: string): boolean {
	return /^\d{1,20}$/.test(text);
}
